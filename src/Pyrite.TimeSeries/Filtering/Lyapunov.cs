using static Pyrite.Filtering.SmallMatrix;

namespace Pyrite.Filtering;

/// <summary>P = T P T' + Q by doubling (Anderson and Moore, "Optimal filtering", 1979, section 6.7): after k rounds P is the sum of 2^k
/// terms.</summary>
internal static class Lyapunov
{
    private const int MostRounds = 60;

    /// <summary>The solution; NaN everywhere where the sum does not converge.</summary>
    public static void Solve(ReadOnlySpan<double> transition, ReadOnlySpan<double> noise, Span<double> result, int n)
    {
        int size = n * n;
        double[] power = transition.ToArray(), next = new double[size], work = new double[size];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                result[(i * n) + j] = 0.5 * (noise[(i * n) + j] + noise[(j * n) + i]);
            }
        }
        for (int round = 0; round < MostRounds; round++)
        {
            Congruence(power, result, default, next, work, n);
            double change = 0, largest = 0;
            for (int i = 0; i < size; i++)
            {
                result[i] += next[i];
                change = Math.Max(change, Math.Abs(next[i]));
                largest = Math.Max(largest, Math.Abs(result[i]));
            }
            Multiply(power, power, work, n, n, n);
            (power, work) = (work, power);
            double left = 0;
            foreach (double entry in power)
            {
                left = Math.Max(left, Math.Abs(entry));
            }
            if (change <= 1e-18 * largest && left < 1e-6)
            {
                return;
            }
            if (!double.IsFinite(largest) || !double.IsFinite(left))
            {
                break;
            }
        }
        result.Fill(double.NaN);
    }

    /// <summary>Gradients for T and Q, given that for P: with S = T' S T + P̄, they are 2 S T P and S.</summary>
    public static void Gradient(ReadOnlySpan<double> transition, ReadOnlySpan<double> covariance, ReadOnlySpan<double> upstream,
        Span<double> ofTransition, Span<double> ofNoise, int n)
    {
        double[] transposed = new double[n * n], product = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                transposed[(i * n) + j] = transition[(j * n) + i];
            }
        }
        Solve(transposed, upstream, ofNoise, n);
        Multiply(ofNoise, transition, product, n, n, n);
        Multiply(product, covariance, ofTransition, n, n, n);
        for (int i = 0; i < n * n; i++)
        {
            ofTransition[i] *= 2;
        }
    }

    /// <summary>The largest modulus of an eigenvalue of T, to a few digits: the 2^k-th root of the size of its 2^k-th power.</summary>
    public static double SpectralRadius(ReadOnlySpan<double> transition, int n)
    {
        double[] power = transition.ToArray(), work = new double[n * n];
        double logarithm = 0;
        const int rounds = 30;
        for (int round = 0; round < rounds; round++)
        {
            double size = power.Max(Math.Abs);
            if (size == 0)
            {
                return 0;
            }
            for (int i = 0; i < power.Length; i++)
            {
                power[i] /= size;
            }
            logarithm += Math.Log(size) / Math.Pow(2, round);
            Multiply(power, power, work, n, n, n);
            (power, work) = (work, power);
        }
        return Math.Exp(logarithm);
    }
}
