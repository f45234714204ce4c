namespace Pyrite.Tests;

/// <summary>Quantiles of concentrated Beta distributions, where tails underflow at the first guess.</summary>
public sealed class IncompleteBetaTests
{
    [Theory]
    [InlineData(401, 7601)]
    [InlineData(7601, 401)]
    [InlineData(1e5, 3)]
    [InlineData(3, 1e5)]
    [InlineData(2e4, 2e4)]
    [InlineData(2.5, 900)]
    public void The_inverse_undoes_the_distribution_function_of_concentrated_parameters(double a, double b)
    {
        foreach (double p in new[] { 1e-200, 1e-9, 0.01, 0.3, 0.5, 0.6, 0.9, 0.99, 1 - 1e-9 })
        {
            double x = Tensor.BetaLowerInverse(a, b, p).Item();
            double back = Tensor.BetaLower(a, b, x).Item();
            Assert.True(Math.Abs(back - p) <= 1e-9 * p, $"a = {a}, b = {b}, p = {p}: x = {x} has the probability {back}.");
        }
    }
}
