using Pyrite.Inference.Diagnostics.Statistics;

namespace Pyrite;

/// <summary>Ways to choose particles by their weights: unbiased, each expects N times its weight.</summary>
/// <remarks>Douc, Cappé and Moulines, "Comparison of resampling schemes for particle filtering" (2005). Weights are logarithms and need not be
/// normalized; those far below 0 do not underflow.</remarks>
public static class ParticleResampling
{
    /// <summary>The weights, summing to 1.</summary>
    /// <param name="logWeights">Their logarithms, up to a constant; minus infinity is 0.</param>
    /// <exception cref="ArgumentException">There are none, one is NaN or infinite, or all are 0.</exception>
    public static double[] Normalize(ReadOnlySpan<double> logWeights)
    {
        double total = Total(logWeights);
        double[] weights = new double[logWeights.Length];
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = Math.Exp(logWeights[i] - total);
        }
        return weights;
    }

    /// <summary>How many equal weights are worth as much: 1 / Σ w².</summary>
    /// <param name="logWeights">The logarithms of the weights, up to a constant.</param>
    /// <exception cref="ArgumentException">There are none, one is NaN or infinite, or all are 0.</exception>
    public static double EffectiveSize(ReadOnlySpan<double> logWeights)
    {
        double squares = 0;
        foreach (double weight in Normalize(logWeights))
        {
            squares += weight * weight;
        }
        return 1 / squares;
    }

    /// <summary>The logarithm of the mean weight.</summary>
    /// <param name="logWeights">The logarithms of the weights.</param>
    /// <exception cref="ArgumentException">There are none, one is NaN or infinite, or all are 0.</exception>
    public static double LogMean(ReadOnlySpan<double> logWeights) => Total(logWeights) - Math.Log(logWeights.Length);

    /// <summary>Systematic resampling: at positions (i + u) / N.</summary>
    /// <param name="logWeights">The logarithms of the weights.</param>
    /// <param name="u">A uniform number from 0 to 1.</param>
    /// <returns>For each new particle the first old one whose cumulative weight exceeds its position.</returns>
    public static int[] Systematic(ReadOnlySpan<double> logWeights, double u)
    {
        double[] positions = new double[logWeights.Length];
        for (int i = 0; i < positions.Length; i++)
        {
            positions[i] = (i + Unit(u)) / positions.Length;
        }
        return AtPositions(Normalize(logWeights), positions);
    }

    /// <summary>Stratified resampling: at positions (i + u_i) / N.</summary>
    /// <param name="logWeights">The logarithms of the weights.</param>
    /// <param name="u">Uniform numbers from 0 to 1, one for each particle.</param>
    /// <returns>For each new particle the first old one whose cumulative weight exceeds its position.</returns>
    public static int[] Stratified(ReadOnlySpan<double> logWeights, ReadOnlySpan<double> u)
    {
        if (u.Length != logWeights.Length)
        {
            throw new ArgumentException($"Stratified resampling needs one uniform number for each particle: {logWeights.Length}; {u.Length} were "
                + "given.",
                nameof(u));
        }
        double[] positions = new double[u.Length];
        for (int i = 0; i < positions.Length; i++)
        {
            positions[i] = (i + Unit(u[i])) / positions.Length;
        }
        return AtPositions(Normalize(logWeights), positions);
    }

    /// <summary>How many copies of each particle residual resampling makes for certain: floor(N w).</summary>
    /// <param name="logWeights">The logarithms of the weights.</param>
    public static int[] ResidualCopies(ReadOnlySpan<double> logWeights)
    {
        int count = logWeights.Length;
        return Array.ConvertAll(Normalize(logWeights), weight => (int)Math.Floor(count * weight));
    }

    /// <summary>Residual resampling: whole copies first, the rest by systematic resampling of the remainders.</summary>
    /// <param name="logWeights">The logarithms of the weights.</param>
    /// <param name="u">A uniform number from 0 to 1.</param>
    /// <returns>The chosen particles, in their order.</returns>
    public static int[] Residual(ReadOnlySpan<double> logWeights, double u)
    {
        double[] weights = Normalize(logWeights);
        int count = weights.Length;
        List<int> chosen = new(count);
        double[] rest = new double[count];
        for (int i = 0; i < count; i++)
        {
            int copies = (int)Math.Floor(count * weights[i]);
            rest[i] = (count * weights[i]) - copies;
            for (int k = 0; k < copies && chosen.Count < count; k++)
            {
                chosen.Add(i);
            }
        }
        int left = count - chosen.Count;
        if (left > 0)
        {
            double total = rest.Sum();
            double[] positions = [.. Enumerable.Range(0, left).Select(i => (i + Unit(u)) / left)];
            chosen.AddRange(AtPositions(Array.ConvertAll(rest, part => part / total), positions));
            chosen.Sort();
        }
        return [.. chosen];
    }

    /// <summary>Multinomial resampling: independent choices.</summary>
    /// <param name="logWeights">The logarithms of the weights.</param>
    /// <param name="count">How many are chosen.</param>
    /// <param name="key">Decides them.</param>
    /// <returns>The chosen particles, in random order.</returns>
    public static int[] Multinomial(ReadOnlySpan<double> logWeights, int count, RandomKey key)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 0);
        double[] positions = new double[count];
        key.FillUniform(positions);
        double[] sums = Sums(Normalize(logWeights));
        return Array.ConvertAll(positions, position => First(sums, position));
    }

    /// <summary>Chooses as many particles as there are.</summary>
    /// <param name="scheme">How.</param>
    /// <param name="logWeights">The logarithms of the weights.</param>
    /// <param name="key">Decides them.</param>
    public static int[] Run(ResamplingScheme scheme, ReadOnlySpan<double> logWeights, RandomKey key)
    {
        double[] u = new double[scheme == ResamplingScheme.Stratified ? logWeights.Length : 1];
        key.FillUniform(u);
        return scheme switch
        {
            ResamplingScheme.Systematic => Systematic(logWeights, u[0]),
            ResamplingScheme.Stratified => Stratified(logWeights, u),
            ResamplingScheme.Residual => Residual(logWeights, u[0]),
            ResamplingScheme.Multinomial => Multinomial(logWeights, logWeights.Length, key),
            _ => throw new ArgumentOutOfRangeException(nameof(scheme), scheme, "There is no such resampling scheme."),
        };
    }

    private static double Total(ReadOnlySpan<double> logWeights)
    {
        for (int i = 0; i < logWeights.Length; i++)
        {
            if (double.IsNaN(logWeights[i]) || double.IsPositiveInfinity(logWeights[i]))
            {
                throw new ArgumentException($"The logarithm of weight {i} is {logWeights[i]}; weights are finite numbers or 0.", nameof(logWeights));
            }
        }
        double total = logWeights.IsEmpty ? double.NegativeInfinity : SampleMoments.LogSumExp(logWeights);
        return double.IsFinite(total) ? total : throw new ArgumentException(
            logWeights.IsEmpty ? "There are no weights." : $"All {logWeights.Length} weights are 0.", nameof(logWeights));
    }

    private static double Unit(double u) => u is >= 0 and <= 1
        ? u
        : throw new ArgumentOutOfRangeException(nameof(u), u, "Resampling takes uniform numbers from 0 to 1.");

    private static double[] Sums(double[] weights)
    {
        double[] sums = new double[weights.Length];
        double sum = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            sums[i] = sum += weights[i];
        }
        return sums;
    }

    private static int[] AtPositions(double[] weights, double[] positions)
    {
        double[] sums = Sums(weights);
        int[] chosen = new int[positions.Length];
        int at = 0;
        for (int i = 0; i < positions.Length; i++)
        {
            while (at < sums.Length - 1 && !(sums[at] > positions[i]))
            {
                at++;
            }
            chosen[i] = weights[at] > 0 ? at : Array.FindLastIndex(weights, at, weight => weight > 0);
        }
        return chosen;
    }

    private static int First(double[] sums, double position)
    {
        int low = 0, high = sums.Length - 1;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = sums[middle] > position ? (low, middle) : (middle + 1, high);
        }
        while (low > 0 && sums[low] == sums[low - 1])
        {
            low--;   // rounding has left the sum below the position: the last one of weight above 0
        }
        return low;
    }
}
