using Pyrite.Testing;


namespace Pyrite.Tests.Testing;

public class GradientCheckTests
{
    private static readonly Tensor A = RandomKey.FromSeed(1).Normal([3, 4], DType.Float64);
    private static readonly Tensor B = RandomKey.FromSeed(2).Normal([4], DType.Float64);

    [Fact]
    public void Right_gradients_pass() => GradientCheck.Verify(t => (t[0] * t[1]).Exp().Sum(1), A, B);

    [Fact]
    public void Right_gradients_of_large_inputs_pass_along_random_directions() =>
        GradientCheck.Verify(t => t[0].Square().Log1p(), RandomKey.FromSeed(3).Normal([50, 40], DType.Float64));

    [Fact]
    public void A_gradient_path_that_is_cut_off_fails()
    {
        string message = Assert.Throws<CheckFailedException>(() => GradientCheck.Verify(t => t[0] * t[1].Detach(), A, B)).Message;
        Assert.Contains("input 1", message);
    }

    [Fact]
    public void A_gradient_that_is_off_by_a_millionth_fails() =>
        Assert.Throws<CheckFailedException>(() => GradientCheck.Verify(t => t[0].Exp() + 1e-6 * (t[0] - t[0].Detach()), A));

    [Fact]
    public void Integer_inputs_are_passed_on() => GradientCheck.Verify(t => t[0] * t[1].To(DType.Float64), B, Tensor.From<long>([1, 2, 3, 4]));

    [Fact]
    public void Single_precision_is_compared_with_double()
    {
        GradientCheck.VerifySinglePrecision(t => (t[0] * t[1]).Exp().Sum(1), [A, B]);

        Assert.Throws<CheckFailedException>(() => GradientCheck.VerifySinglePrecision(t => (t[0] + 1e6) - 1e6, [A]));
    }
}
