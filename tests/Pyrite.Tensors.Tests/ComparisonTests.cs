using Pyrite.Engine;
using Pyrite.Ops.Copies;

namespace Pyrite.Tests;

public sealed class ComparisonTests
{
    [Fact]
    public void Comparisons_with_not_a_number_are_false()
    {
        Tensor a = Tensor.From([1.0, double.NaN, 3, double.PositiveInfinity]);
        Tensor b = Tensor.From([2.0, double.NaN, 3, double.NegativeInfinity]);
        Assert.Equal([false, false, false, true], (a > b).ToArray<bool>());
        Assert.Equal([true, false, false, false], (a < b).ToArray<bool>());
        Assert.Equal([false, false, true, true], (a >= b).ToArray<bool>());
        Assert.Equal([true, false, true, false], (a <= b).ToArray<bool>());
        Assert.Equal([false, false, true, false], a.EqualTo(b).ToArray<bool>());
        Assert.Equal([false, false, false, true], a.GreaterThan(b).ToArray<bool>());
        Assert.Equal([true, false, false, false], a.LessThan(b).ToArray<bool>());
        Assert.Equal([false, false, true, true], a.GreaterThanOrEqualTo(b).ToArray<bool>());
        Assert.Equal([true, false, true, false], a.LessThanOrEqualTo(b).ToArray<bool>());
        Assert.Equal([true, false, true, false], a.IsFinite().ToArray<bool>());
    }

    [Fact]
    public void Comparisons_broadcast_promote_and_keep_layouts()
    {
        Tensor x = ElementwiseTests.Points([2, 3, 4, 5], -1, 1);
        Tensor images = x.In(Layout.ChannelsLast);
        foreach (Tensor other in (Tensor[])[0.1, ElementwiseTests.Points([3, 1, 1], -1, 1), ElementwiseTests.Points([2, 3, 4, 5], -0.5, 1),
            ElementwiseTests.Points([5], -1, 1)])
        {
            Assert.Equal((x > other).ToArray<bool>(), (images > other).ToArray<bool>());
            Assert.Equal((other > x).ToArray<bool>(), (other > images).ToArray<bool>());
            Assert.Equal((x > other).All(), (images > other).All());
        }
        Assert.Equal([true, false], (Tensor.From([(1L << 53) + 1, 1L << 53]) > Tensor.From([1L << 53])).ToArray<bool>());
        Assert.Equal([0, 3], (Tensor.Zeros(0, 3) > 1.0).Shape);
    }

    [Fact]
    public void Logic_follows_truth_tables()
    {
        Tensor a = Tensor.From([true, true, false, false]);
        Tensor b = Tensor.From([true, false, true, false]);
        Assert.Equal([true, false, false, false], (a & b).ToArray<bool>());
        Assert.Equal([true, true, true, false], (a | b).ToArray<bool>());
        Assert.Equal([false, false, true, true], (!a).ToArray<bool>());
        RearrangementTests.AssertMessage<ArgumentException>(() => _ = a & Tensor.Ones(4), "Bool");
        Assert.True(Tensor.Zeros([0], DType.Bool).All());
        Assert.False(Tensor.Zeros([0], DType.Bool).Any());
    }

    [Fact]
    public void The_branch_not_taken_gets_no_gradient_even_where_it_is_not_a_number()
    {
        Tensor x = Tensor.From([-1.0, 4]);
        Tensor gradient = Gradient.Of(v => Tensor.Where(v > 0, v.Sqrt(), 0.0).Sum(), x);
        Assert.Equal([double.NaN, 0.25], gradient.ToArray<double>());
        Tensor safe = Gradient.Of(v => Tensor.Where(v > 0, Tensor.Where(v > 0, v, 1.0).Sqrt(), 0.0).Sum(), x);
        Assert.Equal([0, 0.25], safe.ToArray<double>());
        Tensor direct = Gradient.Of(v => Tensor.Where(Tensor.From([false, true]), v, double.NaN).Sum(), x);
        Assert.Equal([0, 1], direct.ToArray<double>());
    }

    [Fact]
    public void Where_broadcasts_and_promotes()
    {
        Tensor chosen = Tensor.Where(Tensor.From(new[,] { { true }, { false } }), Tensor.From([1f, 2]), Tensor.From([3.0]));
        Assert.Equal([2, 2], chosen.Shape);
        Assert.Equal(DType.Float64, chosen.DType);
        Assert.Equal([1, 2, 3, 3], chosen.ToArray<double>());
        Assert.Equal(DType.Int64, Tensor.Where(Tensor.From([true]), Tensor.From([1L]), 2).DType);
    }
}
