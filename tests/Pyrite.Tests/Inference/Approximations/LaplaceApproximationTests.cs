using static Pyrite.Primitives;

namespace Pyrite.Tests;

[Trait("Once", "Cultures")]
public sealed class LaplaceApproximationTests
{
    private static readonly Tensor Counts = Tensor.From([3.0, 1, 4, 1, 5]);

    [Fact]
    public void Draws_have_the_moments_of_the_approximation_and_weights_that_correct_it()
    {
        LaplaceResult found = Laplace.Run(Rates);
        double mode = found.UnconstrainedMode.Item(), deviation = Math.Sqrt(found.Covariance.Item());
        double[] logs = [.. found.Draws(4_000, seed: 2)["rate"].ToArray<double>().Select(x => Math.Log(x))];

        // Five standard errors: false alarms 6e-7.
        Assert.InRange(logs.Average(), mode - (5 * deviation / Math.Sqrt(4_000)), mode + (5 * deviation / Math.Sqrt(4_000)));
        Assert.InRange(logs.Select(x => (x - mode) * (x - mode)).Average() / (deviation * deviation), 0.85, 1.15);
        ParetoSmoothing weights = found.Weigh(4_000);
        Assert.True(weights.IsReliable);
        Assert.InRange(weights.EffectiveSize, 3_000, 4_000);
        Assert.Equal(Math.Exp(mode), found.Mode["rate"].Item(), 1e-12);
    }

    [Fact]
    public void The_highest_of_several_modes_counts()
    {
        LaplaceResult found = Laplace.Run(() =>
        {
            Tensor x = Sample("x", new Normal(0, 10));
            Tensor two = Tensor.Stack([Math.Log(0.2) + new Normal(-3, 0.5).LogProb(x), Math.Log(0.8) + new Normal(3, 0.5).LogProb(x)]);
            Factor("two", two.LogSumExp(0));
        }, starts: 12);
        Assert.Equal(3, found.Mode["x"].Item(), 0.02);
        Assert.InRange(found.StartsAtMode, 1, 11);
    }

    [Fact]
    public void A_density_without_a_maximum_is_refused_with_the_site_that_is_to_blame()
    {
        InvalidOperationException refusal = Assert.Throws<InvalidOperationException>(() => Laplace.Run(() =>
        {
            Tensor a = Sample("a", new Normal(0, 1)), free = Sample("free", new ImproperUniform(Constraints.Real));
            Sample("y", new Normal(a + (0 * free), 1), observed: 1.0);
        }));
        Assert.Contains("number 0 of site \"free\"", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("proper prior", refusal.Message, StringComparison.Ordinal);
    }

    private static void Rates() => Sample("y", new Poisson(Sample("rate", new Gamma(2, 1)).BroadcastTo(Counts.Shape)).ToEvent(1), observed: Counts);
}
