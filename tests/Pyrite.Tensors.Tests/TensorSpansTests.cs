using System.Numerics.Tensors;
using Pyrite.Engine;
using Pyrite.Ops.Copies;

namespace Pyrite.Tests;

public sealed class TensorSpansTests
{
    [Fact]
    public void A_span_shows_the_elements_at_their_place_without_a_copy()
    {
        Tensor x = ElementwiseTests.Points([2, 3, 4, 5], -1, 1);
        double[] expected = x.ToArray<double>();
        foreach (Tensor stored in (Tensor[])[x, x.In(Layout.ChannelsLast)])
        {
            ReadOnlyTensorSpan<double> span = stored.AsTensorSpan<double>();
            double[] flat = new double[120];
            span.FlattenTo(flat);
            Assert.Equal([2, 3, 4, 5], span.Lengths);
            Assert.Equal(expected, flat);
            Assert.Equal(expected[(((1 * 3) + 2) * 20) + (3 * 5) + 4], span[1, 2, 3, 4]);
            Assert.True(System.Runtime.CompilerServices.Unsafe.AreSame(in stored.Read<double>()[0], in span.GetPinnableReference()));
        }
    }

    [Theory]
    [InlineData(1, 3, 4, 5)]
    [InlineData(2, 3, 1, 5)]
    [InlineData(2, 3, 4, 1)]
    [InlineData(2, 1, 4, 5)]
    [InlineData(0, 3, 4, 5)]
    public void Axes_of_length_one_and_none_come_back_as_they_were(int n, int c, int h, int w)
    {
        Tensor x = ElementwiseTests.Points([n, c, h, w], -1, 1);
        foreach (Tensor stored in (Tensor[])[x, x.In(Layout.ChannelsLast)])
        {
            Tensor back = Tensor.From(stored.AsTensorSpan<double>());
            Assert.Equal(x.Shape, back.Shape);
            Assert.Equal(x.ToArray<double>(), back.ToArray<double>());
        }
    }

    [Fact]
    public void A_scalar_has_one_axis_and_the_type_must_be_the_elements_own()
    {
        Assert.Equal([1], Tensor.Full([], 2.5, DType.Float64).AsTensorSpan<double>().Lengths);
        Assert.Equal(2.5, ((Tensor)2.5).AsTensorSpan<double>()[0]);
        RearrangementTests.AssertMessage<InvalidOperationException>(() => Tensor.Ones(2).AsTensorSpan<double>(), "was read as Double");
    }

    [Fact]
    public void Spans_with_strides_and_of_other_integers_are_taken()
    {
        int[] numbers = [1, 2, 3, 4, 5, 6];
        ReadOnlyTensorSpan<int> transposed = new(numbers, [3, 2], [1, 3]);
        Tensor x = Tensor.From(transposed);
        Assert.Equal(DType.Int64, x.DType);
        Assert.Equal([3, 2], x.Shape);
        Assert.Equal([1L, 4, 2, 5, 3, 6], x.ToArray<long>());
    }
}
