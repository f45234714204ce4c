using Pyrite.Filtering;

namespace Pyrite.Autoregression;

/// <summary>Moments of stationary autoregressive moving averages.</summary>
internal static class ArmaMoments
{
    /// <summary>ψ_0 = 1, ψ_k = θ_k + Σ φ_i ψ_{k-i}.</summary>
    public static double[] Weights(double[] ar, double[] ma, int count)
    {
        double[] weights = new double[count];
        for (int k = 0; k < count; k++)
        {
            weights[k] = k == 0 ? 1 : k <= ma.Length ? ma[k - 1] : 0;
            for (int i = 1; i <= Math.Min(k, ar.Length); i++)
            {
                weights[k] += ar[i - 1] * weights[k - i];
            }
        }
        return weights;
    }

    /// <summary>γ_0, γ_1, …: the first from the stationary state, the others by γ_k = Σ φ_i γ_{k-i} + σ² Σ θ_j ψ_{j-k}.</summary>
    public static double[] Autocovariance(double[] ar, double[] ma, double variance, int count)
    {
        int size = Math.Max(ar.Length, ma.Length + 1);
        double[] transition = Companion(ar, size), noise = new double[size * size], state = new double[size * size], next = new double[size];
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < size; j++)
            {
                noise[(i * size) + j] = Entry(ma, i) * Entry(ma, j) * variance;
            }
        }
        Lyapunov.Solve(transition, noise, state, size);
        if (double.IsNaN(state[0]))
        {
            throw new ArgumentException(NotStationary(Tensor.From(ar)));
        }

        // Cov(x_{t+k}, x_t): the first column of T^k P.
        double[] column = [.. Enumerable.Range(0, size).Select(i => state[i * size])], result = new double[count];
        for (int k = 0; k < count; k++)
        {
            result[k] = column[0];
            SmallMatrix.Apply(transition, column, next, size, size);
            next.CopyTo(column, 0);
        }
        return result;
    }

    public static double[] Companion(double[] ar, int size)
    {
        double[] transition = new double[size * size];
        for (int i = 0; i < size; i++)
        {
            transition[i * size] = i < ar.Length ? ar[i] : 0;
            if (i + 1 < size)
            {
                transition[(i * size) + i + 1] = 1;
            }
        }
        return transition;
    }

    /// <summary>What is said of coefficients [.., p] of which some are not those of a stationary process.</summary>
    public static string NotStationary(Tensor ar)
    {
        int size = ar.Shape[^1];
        double[] all = ar.ToArray<double>();
        double radius = 0;
        for (int i = 0; size > 0 && i < all.Length / size; i++)
        {
            double[] own = all[(i * size)..((i + 1) * size)];
            radius = Math.Max(radius, own.All(double.IsFinite) ? Lyapunov.SpectralRadius(Companion(own, size), size) : double.NaN);
        }
        return $"Arma: the autoregression is not stationary, or numbers are so large that the density is none: its largest inverse "
            + $"root has modulus {radius:G5}, and all must be below 1. Draw partial autocorrelations and use StationaryTransform, or "
            + $"difference the series.";
    }

    private static double Entry(double[] ma, int i) => i == 0 ? 1 : i <= ma.Length ? ma[i - 1] : 0;
}
