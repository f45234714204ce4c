namespace Pyrite.Tests;

/// <summary>What fails inside a scan: named with its round, never in the middle of a program.</summary>
public sealed class ScanCheckTests
{
    [Theory, InlineData(false, 2), InlineData(true, 3)]
    public void A_check_that_fails_is_named_with_its_round(bool reverse, int round)
    {
        Tensor x = Tensor.From([1.0, 2, -1, -2, 5]);
        Tensor Checked(Tensor c, Tensor y)
        {
            Tensor value = y + (0 * c);
            StepCheck.Add(value.AllWithin(new NumberRange(0, double.PositiveInfinity)), new Positive(), "y", value);
            return c + value;
        }
        Tensor Run() => Scan.Fold(Tensor.Zeros(Shape.Scalar, DType.Float64), x, Checked, reverse: reverse);
        string expected = $"Scan, round {round}: y is {(reverse ? -2 : -1)}";
        Assert.Equal(expected, Assert.Throws<ArgumentException>(Run).Message);
        for (int step = 0; step < 5; step++)
        {
            using StepScope scope = StepScope.Begin();
            Assert.Equal(expected, Assert.Throws<ArgumentException>(() => Run().Item()).Message);
        }
    }

    [Fact]
    public void A_check_that_fails_makes_a_density_minus_infinity()
    {
        Tensor Density(Tensor[] x) => Scan.Fold(x[0].Square(), Tensor.From([1.0, 2, 3]), (c, y) =>
        {
            Tensor next = (x[0] * c) + y;
            StepCheck.Add(next.AllWithin(new NumberRange(0, double.PositiveInfinity)), new Positive(), "next", next);
            return next;
        });
        ReplayedFunction function = ReplayedFunction.TryRecord(x => [Density(x)], [Shape.Scalar], [0.5], withGradient: true)!;
        double[] gradient = new double[1];
        Assert.Equal(Density([Tensor.Full(Shape.Scalar, 0.7, DType.Float64)]).Item(), function.Evaluate([0.7], gradient), 1e-14);
        Assert.Equal(double.NegativeInfinity, function.Evaluate([-3], gradient));
    }

    [Theory, InlineData(3), InlineData(20000)]
    public void An_operation_that_cannot_be_computed_is_named_with_its_round(int rounds)
    {
        Tensor x = Tensor.Range(rounds).To(DType.Float64).EqualTo(rounds - 1).To(DType.Float64);
        Tensor Run() => Scan.Fold(Tensor.Identity(2, DType.Float64), x, (c, y) => (c - (3 * y * Tensor.Identity(2, DType.Float64))).Cholesky());
        for (int call = 0; call < 3; call++)
        {
            Assert.StartsWith($"Scan, round {rounds - 1}: ", Assert.ThrowsAny<ArgumentException>(Run).Message, StringComparison.Ordinal);
        }
    }

    private sealed class Positive : ICheckSubject
    {
        Exception ICheckSubject.Refuse(string? part, Tensor value) => new ArgumentException($"{part} is {value.Item()}");
    }
}
