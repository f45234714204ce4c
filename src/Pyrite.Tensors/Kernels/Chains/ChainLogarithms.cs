using System.Runtime.CompilerServices;

namespace Pyrite.Kernels.Chains;

/// <summary>Sums over the paths of a chain in logarithms throughout: slow, and right whatever the sizes of the scores.</summary>
internal static unsafe class ChainLogarithms
{
    /// <summary>The forward pass of one chain; see <see cref="ChainWeights.TryForward"/>. What is kept are logarithms.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(in ChainSizes sizes, double* transitions, double* scores, double* kept)
    {
        int k = sizes.States;
        for (int t = 0; t < sizes.Steps; t++)
        {
            double* row = kept + ((nint)t * sizes.Row);
            double* logs = transitions + (sizes.StepTransitions && t > 0 ? (nint)(t - 1) * sizes.Square : 0);
            for (int j = 0; j < k; j++)
            {
                row[k + j] = t == 0 ? 0 : LogSum(row - sizes.Row, logs + j, k, k);
                row[j] = row[k + j] + scores[((nint)t * k) + j];
            }
        }
        double* end = kept + ((nint)sizes.Steps * sizes.Row);
        double none = 0;
        end[0] = LogSum(end - sizes.Row, &none, 0, k);
        end[1] = 1;
    }

    /// <summary>The gradient of one chain; see <see cref="ChainWeights.AddGradient"/>. Where no path is possible it is 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddGradient(in ChainSizes sizes, double* transitions, double* kept, double upstream, double* scores, double* gradient)
    {
        int k = sizes.States, steps = sizes.Steps;
        double total = kept[(nint)steps * sizes.Row];
        if (double.IsNegativeInfinity(total))
        {
            new Span<double>(scores, steps * k).Clear();
            return;
        }
        double* last = kept + ((nint)(steps - 1) * sizes.Row);
        for (int j = 0; j < k; j++)
        {
            scores[((nint)(steps - 1) * k) + j] = Math.Exp(last[j] - total);
        }
        for (int t = steps - 1; t > 0; t--)
        {
            double* row = kept + ((nint)t * sizes.Row), before = row - sizes.Row;
            double* later = scores + ((nint)t * k), own = later - k;
            nint matrix = sizes.StepTransitions ? (nint)(t - 1) * sizes.Square : 0;
            for (int i = 0; i < k; i++)
            {
                double chance = 0;
                for (int j = 0; j < k; j++)
                {
                    // What is impossible has no share, and its quotient would be no number.
                    double log = before[i] + transitions[matrix + (i * k) + j];
                    double pair = later[j] == 0 || double.IsNegativeInfinity(log) ? 0 : later[j] * Math.Exp(log - row[k + j]);
                    gradient[matrix + (i * k) + j] += pair * upstream;
                    chance += pair;
                }
                own[i] = chance;
            }
        }
        for (int i = 0; i < steps * k; i++)
        {
            scores[i] *= upstream;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double LogSum(double* weights, double* column, int stride, int count)
    {
        double greatest = double.NegativeInfinity;
        for (int i = 0; i < count; i++)
        {
            greatest = Math.Max(greatest, weights[i] + column[i * stride]);
        }
        if (!double.IsFinite(greatest))
        {
            return greatest;
        }
        double sum = 0;
        for (int i = 0; i < count; i++)
        {
            sum += Math.Exp(weights[i] + column[i * stride] - greatest);
        }
        return greatest + Math.Log(sum);
    }
}
