using Pyrite.Inference.Diagnostics.Statistics;


namespace Pyrite;

/// <summary>Whether Markov chains have mixed, and how exact what they estimate is.</summary>
/// <remarks>
/// Draws of one scalar are given chain after chain: all of the first chain, then all of the second; every chain is as long. Chains are cut into
/// halves (an odd middle draw is dropped), as R's posterior and Python's ArviZ do, whose definitions these are: Vehtari, Gelman, Simpson, Carpenter,
/// Bürkner (2021). Draws that are not finite, or are all equal, give NaN, as in posterior; so do fewer than 3 draws per half of a chain.
/// </remarks>
public static class ChainDiagnostics
{
    /// <summary>Rank-normalized split R-hat: below 1.01 where chains agree in location and in scale.</summary>
    /// <param name="draws">The draws, chain after chain.</param>
    /// <param name="chains">How many chains.</param>
    /// <remarks>The larger one of R-hat of the rank-normalized draws and of the rank-normalized distances from the median.</remarks>
    /// <exception cref="ArgumentException">The draws cannot be that many chains of one length.</exception>
    public static double RHat(ReadOnlySpan<double> draws, int chains) => Sample(draws, chains).RHat;

    /// <summary>Split R-hat without ranks, as in the books; it needs finite variances.</summary>
    /// <inheritdoc cref="RHat"/>
    public static double SplitRHat(ReadOnlySpan<double> draws, int chains) => Sample(draws, chains).PlainSplitRHat;

    /// <summary>The effective sample size of the rank-normalized draws: efficiency in the bulk of the distribution.</summary>
    /// <inheritdoc cref="RHat"/>
    /// <remarks>Antithetic chains can be worth more than their draws S, at most S log10(S).</remarks>
    public static double EssBulk(ReadOnlySpan<double> draws, int chains) => Sample(draws, chains).EssBulk;

    /// <summary>The smaller effective sample size of the 5 % and 95 % quantiles: efficiency in the tails.</summary>
    /// <inheritdoc cref="RHat"/>
    public static double EssTail(ReadOnlySpan<double> draws, int chains) => Sample(draws, chains).EssTail;

    /// <summary>The effective sample size for the mean, of the draws as they are.</summary>
    /// <inheritdoc cref="RHat"/>
    public static double EssMean(ReadOnlySpan<double> draws, int chains) => Sample(draws, chains).EssMean;

    /// <summary>The effective sample size for the standard deviation: that of |x - mean|, as in posterior.</summary>
    /// <inheritdoc cref="RHat"/>
    public static double EssStandardDeviation(ReadOnlySpan<double> draws, int chains) => Sample(draws, chains).EssStandardDeviation;

    /// <summary>The effective sample size for a quantile: that of the mean of (x ≤ quantile).</summary>
    /// <param name="draws">The draws, chain after chain.</param>
    /// <param name="chains">How many chains.</param>
    /// <param name="probability">Which quantile, 0 to 1.</param>
    /// <exception cref="ArgumentException">The draws cannot be that many chains of one length, or the probability is out of range.</exception>
    public static double EssQuantile(ReadOnlySpan<double> draws, int chains, double probability) =>
        Sample(draws, chains).EssQuantile(SampleStatistics.Checked(probability));

    /// <summary>The Monte Carlo standard error of the mean: sd / √ESS.</summary>
    /// <inheritdoc cref="RHat"/>
    public static double McseMean(ReadOnlySpan<double> draws, int chains) => Sample(draws, chains).McseMean;

    /// <summary>The Monte Carlo standard error of the standard deviation.</summary>
    /// <inheritdoc cref="RHat"/>
    /// <remarks>By the delta method from the effective size of (x - mean)² and the fourth moment, as posterior.</remarks>
    public static double McseStandardDeviation(ReadOnlySpan<double> draws, int chains) => Sample(draws, chains).McseStandardDeviation;

    /// <summary>The Monte Carlo standard error of a quantile.</summary>
    /// <inheritdoc cref="EssQuantile"/>
    /// <remarks>Half of the distance between the order statistics that bound the quantile with the chance of ± 1 standard error, from a Beta
    /// distribution (Vehtari et al. 2021, section 4.3).</remarks>
    public static double McseQuantile(ReadOnlySpan<double> draws, int chains, double probability)
    {
        ScalarSample sample = Sample(draws, chains);
        double size = sample.EssQuantile(SampleStatistics.Checked(probability));
        return double.IsNaN(size) ? double.NaN : QuantileError.Of(sample.Sorted.Values, size, probability);
    }

    /// <summary>E-BFMI of each chain, from the energies of its transitions: below 0.3 momentum resampling explores the energies too slowly.</summary>
    /// <param name="energies">The Hamiltonian at each draw, chain after chain.</param>
    /// <param name="chains">How many chains.</param>
    /// <returns>Σ (E_i - E_(i-1))² / Σ (E_i - mean)² a chain; NaN where the energy does not change.</returns>
    /// <remarks>Betancourt, "Diagnosing suboptimal cotangent disintegrations in Hamiltonian Monte Carlo" (2016).</remarks>
    /// <exception cref="ArgumentException">The energies cannot be that many chains of one length.</exception>
    public static double[] EnergyBfmi(ReadOnlySpan<double> energies, int chains)
    {
        if (chains < 1 || energies.Length % chains != 0)
        {
            throw new ArgumentException($"{energies.Length} energies cannot be {chains} chains of one length.", nameof(chains));
        }
        int length = energies.Length / chains;
        double[] result = new double[chains];
        for (int chain = 0; chain < chains; chain++)
        {
            ReadOnlySpan<double> energy = energies.Slice(chain * length, length);
            double steps = 0;
            for (int i = 1; i < length; i++)
            {
                steps += (energy[i] - energy[i - 1]) * (energy[i] - energy[i - 1]);
            }
            double spread = SampleMoments.SumOfSquares(energy, SampleMoments.Mean(energy));
            result[chain] = spread > 0 ? steps / spread : double.NaN;
        }
        return result;
    }

    private static ScalarSample Sample(ReadOnlySpan<double> draws, int chains) => new(draws.ToArray(), chains);
}
