namespace Pyrite.Tests;

public sealed class CastingTests
{
    [Fact]
    public void Every_type_converts_to_every_other()
    {
        foreach (DType from in Enum.GetValues<DType>())
        {
            foreach (DType to in Enum.GetValues<DType>())
            {
                Tensor converted = Tensor.From([0.0, 1, 2]).To(from).To(to);
                Assert.Equal(to, converted.DType);
                double last = from == DType.Bool || to == DType.Bool ? 1 : 2;
                Assert.Equal([0, 1, last], converted.ToArray<double>());
            }
        }
    }

    [Fact]
    public void Reals_are_truncated_towards_zero_and_not_a_number_is_true()
    {
        Assert.Equal([1, -1, 0], Tensor.From([1.9, -1.9, 0.5]).To(DType.Int64).ToArray<long>());
        Assert.Equal([true, false, true], Tensor.From([double.NaN, 0, 0.5]).To(DType.Bool).ToArray<bool>());
    }

    [Fact]
    public void Gradients_come_back_in_the_type_of_their_variable()
    {
        Tensor x = Tensor.From([1f, 2]).AsVariable();
        Tensor y = (x.To(DType.Float64) * Tensor.From([0.1, 0.2])).Sum();
        Tensor gradient = Gradient.Of(y, [x])[0];
        Assert.Equal(DType.Float32, gradient.DType);
        Assert.Equal([0.1f, 0.2f], gradient.ToArray<float>());
    }

    [Fact]
    public void Integers_refuse_numbers_that_they_cannot_hold() =>
        RearrangementTests.AssertMessage<ArgumentOutOfRangeException>(() => Tensor.Full([2], double.NaN, DType.Int64), "Int64", "floating-point");
}
