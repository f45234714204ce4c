namespace Pyrite.Inference.Diagnostics.Accuracy;

/// <summary>Weights that turn draws of a posterior into those of one with a part of its density raised to a power.</summary>
internal sealed class ScaledWeights
{
    private const double Power = 1.01;

    private readonly double[] more;
    private readonly double[] less;

    private ScaledWeights(ParetoSmoothing more, ParetoSmoothing less, string part)
    {
        this.more = [.. more.LogWeights.Select(Math.Exp)];
        this.less = [.. less.LogWeights.Select(Math.Exp)];
        // Weights that hardly differ have no tail to speak of.
        ParetoSmoothing worse = more.K >= less.K ? more : less;
        Problem = worse.Problem ?? (worse.IsReliable || double.IsPositiveInfinity(worse.K) && more.LogWeights.Count < 25 ? null
            : $"The weights of the {part} have Pareto k {worse.K:0.00}: a small power changes the posterior too much for weights. Refit with another "
                + $"{part}.");
    }

    /// <summary>What speaks against the weights; null for nothing.</summary>
    public string? Problem { get; }

    /// <summary>Weights from log-densities, of which all numbers of a draw are added.</summary>
    public static ScaledWeights Of(Draws posterior, Draws densities, string part)
    {
        ArgumentNullException.ThrowIfNull(densities);
        if (densities.Count != posterior.Count)
        {
            throw new ArgumentException(
                $"The log-densities of the {part} are of {densities.Count} draws, the posterior has {posterior.Count}. Compute them from the same "
                    + "draws.", nameof(densities));
        }
        double[] sums = new double[posterior.Count];
        foreach (DrawsVariable variable in densities.Variables)
        {
            for (int i = 0; i < variable.Values.Length; i++)
            {
                sums[i / variable.Size] += variable.Values[i];
            }
        }
        return new ScaledWeights(Smoothed(sums, Power), Smoothed(sums, 1 / Power), part);
    }

    /// <summary>The distance by which the distribution of a number moves when the power doubles, from small powers up and down.</summary>
    public double Sensitivity(double[] values)
    {
        int[] order = [.. Enumerable.Range(0, values.Length)];
        double[] sorted = [.. values];
        Array.Sort(sorted, order);
        return 0.5 * (Distance(sorted, order, more) + Distance(sorted, order, less)) / Math.Log2(Power);
    }

    private static ParetoSmoothing Smoothed(double[] sums, double power) => ParetoSmoothing.Of(Array.ConvertAll(sums, sum => (power - 1) * sum));

    /// <summary>The cumulative Jensen-Shannon distance, from both sides of the line, of which the larger one counts.</summary>
    private static double Distance(double[] sorted, int[] order, double[] weights)
    {
        double up = 0, down = 0, upBound = 0, downBound = 0, p = 0, q = 0;
        for (int i = 0; i + 1 < sorted.Length; i++)
        {
            p += 1.0 / sorted.Length;
            q += weights[order[i]];
            double width = sorted[i + 1] - sorted[i], p1 = Math.Max(0, 1 - p), q1 = Math.Max(0, 1 - q);
            up += width * (Divergence(p, q) + Divergence(q, p));
            down += width * (Divergence(p1, q1) + Divergence(q1, p1));
            upBound += width * (p + q);
            downBound += width * (p1 + q1);
        }
        return Math.Sqrt(Math.Max(0, Math.Max(upBound > 0 ? up / upBound : 0, downBound > 0 ? down / downBound : 0)));
    }

    /// <summary>p log2(2p / (p + q)); the other terms of the divergences in both directions cancel.</summary>
    private static double Divergence(double p, double q) => p > 0 ? p * Math.Log2(2 * p / (p + q)) : 0;
}
