using Pyrite.Inference.Diagnostics.Statistics;

namespace Pyrite.Inference.Diagnostics.Accuracy;

/// <summary>A generalized Pareto distribution fitted to excesses over a threshold.</summary>
/// <param name="K">The shape: moments of order 1/K and above do not exist. With the weak prior of PSIS.</param>
/// <param name="Sigma">The scale.</param>
internal readonly record struct ParetoFit(double K, double Sigma)
{
    private const int LeastGridPoints = 30;
    private const double PriorScale = 3;
    private const double PriorShape = 0.5;
    private const double PriorCount = 10;

    /// <summary>Fits ascending positive excesses.</summary>
    /// <remarks>
    /// Zhang and Stephens, "A new and efficient estimation method for the generalized Pareto distribution" (2009): the posterior mean of
    /// θ = -k/σ over a grid of its profile likelihood. k is then drawn to 0.5 with the weight of ten observations (Vehtari et al. 2024, appendix G).
    /// </remarks>
    public static ParetoFit Of(ReadOnlySpan<double> excesses)
    {
        int count = excesses.Length, grid = LeastGridPoints + (int)Math.Sqrt(count);
        double quartile = excesses[(int)((count / 4.0) + 0.5) - 1], largest = excesses[^1];
        double[] theta = new double[grid], profile = new double[grid];
        for (int i = 0; i < grid; i++)
        {
            theta[i] = (1 / largest) + ((1 - Math.Sqrt(grid / (i + 0.5))) / PriorScale / quartile);
            double shape = Shape(excesses, theta[i]);
            profile[i] = count * (Math.Log(-theta[i] / shape) - shape - 1);
        }
        double total = SampleMoments.LogSumExp(profile), mean = 0;
        for (int i = 0; i < grid; i++)
        {
            mean += theta[i] * Math.Exp(profile[i] - total);
        }
        double k = Shape(excesses, mean), sigma = -k / mean;
        double weighted = ((count * k) + (PriorCount * PriorShape)) / (count + PriorCount);
        return new ParetoFit(double.IsNaN(weighted) ? double.PositiveInfinity : weighted, sigma);
    }

    /// <summary>The excess that a draw stays below with the given probability.</summary>
    public double Quantile(double probability)
    {
        double logTail = Math.Log(1 - probability);
        return K == 0 ? -Sigma * logTail : Sigma * ExpMinusOne(-K * logTail) / K;
    }

    private static double Shape(ReadOnlySpan<double> excesses, double theta)
    {
        double sum = 0;
        foreach (double excess in excesses)
        {
            sum += LogOnePlus(-theta * excess);
        }
        return sum / excesses.Length;
    }

    // Kahan's corrections: exact to a few units in the last place although exp and log are used.
    private static double LogOnePlus(double x)
    {
        double sum = 1 + x;
        return sum == 1 ? x : Math.Log(sum) * x / (sum - 1);
    }

    private static double ExpMinusOne(double x)
    {
        double exp = Math.Exp(x);
        return exp == 1 ? x : exp - 1 == -1 ? -1 : double.IsInfinity(exp) ? exp : (exp - 1) * x / Math.Log(exp);
    }
}
