using static Pyrite.Primitives;

namespace Pyrite.Tests.Enumeration;

/// <summary>Latent counts with an upper end, against sums over their values by hand.</summary>
public sealed class TruncatedCountTests
{
    private static readonly double[] Counts = [3, 5, 4];

    [Theory, InlineData(0, 12), InlineData(2, 9)]
    public void A_truncated_Poisson_count_is_summed_from_end_to_end(int low, int high)
    {
        // N animals, of which three visits see some each.
        void Model()
        {
            Tensor n = Sample("n", new Truncated(new Poisson(5.5), low, high));
            for (int visit = 0; visit < Counts.Length; visit++)
            {
                Factor($"seen_{visit}", Seen(n, Counts[visit]));
            }
        }
        double[] terms = [.. Enumerable.Range(low, high - low + 1).Select(n => Math.Exp(LogPoisson(n, 5.5)))];
        double mass = terms.Sum(), sum = 0;
        for (int n = low; n <= high; n++)
        {
            sum += terms[n - low] / mass * Math.Exp(Counts.Sum(count => -0.1 * (n - count) * (n - count)));
        }

        Discrete found = Discrete.Infer(Model);

        Assert.Equal(Math.Log(sum), found.LogEvidence, 1e-10);
        Assert.Equal([high - low + 1], found["n"].Marginals.Shape);
        Assert.Equal(low, found["n"].Support[0].Item());
    }

    [Fact]
    public void Rows_may_have_ends_of_their_own()
    {
        double[] lows = [0, 1, 3], highs = [4, 9, 5];
        void Model()
        {
            using PlateScope plate = Plate("rows", 3);
            Tensor n = Sample("n", new Truncated(Law, Tensor.From(lows), Tensor.From(highs)));
            Factor("seen", Seen(n, Tensor.From(Counts)));
        }
        double expected = 0;
        for (int row = 0; row < 3; row++)
        {
            double sum = 0, mass = 0;
            for (double n = lows[row]; n <= highs[row]; n++)
            {
                double chance = Math.Exp(Law.LogProb(Tensor.From([n])).Item());
                mass += chance;
                sum += chance * Math.Exp(-0.1 * (n - Counts[row]) * (n - Counts[row]));
            }
            expected += Math.Log(sum / mass);
        }

        Assert.Equal(expected, Discrete.Infer(Model).LogEvidence, 1e-10);
    }

    [Fact]
    public void A_count_without_an_upper_end_is_refused()
    {
        ModelException refusal = Assert.Throws<ModelException>(() => Discrete.Infer(() => Sample("n", new Truncated(new Poisson(3), low: 2))));

        Assert.Equal(ModelError.SupportNotFinite, refusal.Kind);
        Assert.Contains("Truncate it", refusal.Message);
    }

    private static NegativeBinomial2 Law => new(Tensor.From([4.0]), Tensor.From([2.0]));

    private static Tensor Seen(Tensor n, Tensor count) => -0.1 * (n - count).Square();

    private static double LogPoisson(int n, double rate) => (n * Math.Log(rate)) - rate - Enumerable.Range(1, n).Sum(i => Math.Log(i));
}
