using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using Pyrite.Kernels.Memory;

namespace Pyrite.Kernels.Chains;

/// <summary>Sums over the paths of a chain by scaled matrix products: the weights of the states add up to one after each step, and the logarithms of
/// what they were divided by add up to the log of the sum.</summary>
/// <remarks>Rabiner, "A tutorial on hidden Markov models" (1989), section V.A. A possible state whose weight comes near the smallest number has lost
/// its digits; the chain is then left to <see cref="ChainLogarithms"/>.</remarks>
internal static unsafe class ChainWeights
{
    /// <summary>Weights below it may have lost what later steps need.</summary>
    private const double Least = 1e-150;

    private const double LeastProduct = 1e-140;
    private const int Blocked = 4;

    /// <summary>The forward pass of one chain.</summary>
    /// <param name="sizes">The sizes.</param>
    /// <param name="transitions">The chain's log-factors of neighbouring states.</param>
    /// <param name="scores">Its log-factors of states, [steps, states].</param>
    /// <param name="kept">Room for what is kept.</param>
    /// <returns>Whether the weights have their digits.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryForward(in ChainSizes sizes, double* transitions, double* scores, double* kept)
    {
        int k = sizes.States, padded = Padded(k), steps = sizes.Steps;
        using Scratch<double> room = Scratch<double>.Rent(((nint)k * padded) + (2 * padded) + ((nint)steps * k));
        double* matrix = room.Pointer, weights = matrix + ((nint)k * padded), sums = weights + padded, factors = sums + padded;
        double total = 0, product = 1;
        for (int t = 0; t < steps; t++)
        {
            double greatest = Greatest(scores + ((nint)t * k), k);
            total += greatest;
            Shifted(scores + ((nint)t * k), greatest, factors + ((nint)t * k), k);
        }
        TensorPrimitives.Exp<double>(new ReadOnlySpan<double>(factors, steps * k), new Span<double>(factors, steps * k));
        new Span<double>(weights, 2 * padded).Clear();
        double shift = 0;
        for (int t = 0; t < steps; t++)
        {
            double* row = kept + ((nint)t * sizes.Row);
            double* own = factors + ((nint)t * k);
            if (t == 0)
            {
                new Span<double>(sums, k).Fill(1);
            }
            else
            {
                if (t == 1 || sizes.StepTransitions)
                {
                    shift = Fill(transitions + (sizes.StepTransitions ? (nint)(t - 1) * sizes.Square : 0), matrix, k, padded);
                }
                total += shift;
                Times(weights, matrix, sums, k, padded);
            }
            double sum = 0;
            bool isFaint = false;
            for (int j = 0; j < k; j++)
            {
                double weight = sums[j] * own[j];
                isFaint |= !(sums[j] >= Least);
                sum += weight;
                weights[j] = weight;
            }
            if (!(sum >= Least) || double.IsInfinity(sum)
                || (isFaint && IsLost(sizes, transitions, scores + ((nint)(t - 1) * k), row - sizes.Row, sums, t)))
            {
                return false;
            }
            double scale = 1 / sum;
            for (int j = 0; j < k; j++)
            {
                double weight = weights[j] * scale;
                weights[j] = weight;
                row[j] = weight;
                row[k + j] = sums[j];
            }
            product *= sum;
            if (product is < LeastProduct or > 1 / LeastProduct)
            {
                total += Math.Log(product);
                product = 1;
            }
        }
        total += Math.Log(product);
        kept[(nint)steps * sizes.Row] = total;
        kept[((nint)steps * sizes.Row) + 1] = 0;
        return double.IsFinite(total);
    }

    /// <summary>The gradient of one chain, from what its forward pass kept: the posterior probabilities of states and of neighbours.</summary>
    /// <remarks>Backwards, the probability of state i is its weight times Σⱼ Pᵢⱼ γⱼ / sⱼ, with γ the probabilities one step later and s their weights
    /// before that step's own scores, so that nothing has to be scaled.</remarks>
    /// <param name="sizes">The sizes.</param>
    /// <param name="transitions">The chain's log-factors of neighbouring states.</param>
    /// <param name="kept">What the forward pass kept.</param>
    /// <param name="upstream">The gradient of the chain's log-sum.</param>
    /// <param name="scores">Room for the gradient of its scores.</param>
    /// <param name="gradient">The gradient of the transitions, to which the chain's is added.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddGradient(in ChainSizes sizes, double* transitions, double* kept, double upstream, double* scores, double* gradient)
    {
        int k = sizes.States, padded = Padded(k), steps = sizes.Steps;
        nint square = (nint)k * padded;
        using Scratch<double> room = Scratch<double>.Rent((3 * square) + ((2 + Blocked) * padded));
        double* matrix = room.Pointer, turned = matrix + square, pairs = turned + square, chances = pairs + square;
        double* back = chances + padded, quotients = back + padded;
        double** earlier = stackalloc double*[Blocked];
        new Span<double>(pairs, k * padded).Clear();
        new Span<double>(chances, (2 + Blocked) * padded).Clear();
        int waiting = 0;
        double* last = kept + ((nint)(steps - 1) * sizes.Row);
        for (int j = 0; j < k; j++)
        {
            chances[j] = last[j];
        }
        for (int t = steps - 1; ; t--)
        {
            double* row = kept + ((nint)t * sizes.Row);
            for (int j = 0; j < k; j++)
            {
                scores[((nint)t * k) + j] = chances[j] * upstream;
            }
            if (t == 0)
            {
                break;
            }
            double* quotient = quotients + ((nint)waiting * padded);
            for (int j = 0; j < k; j++)
            {
                quotient[j] = chances[j] > 0 ? chances[j] / row[k + j] : 0;
            }
            if (t == steps - 1 || sizes.StepTransitions)
            {
                Fill(transitions + (sizes.StepTransitions ? (nint)(t - 1) * sizes.Square : 0), matrix, k, padded);
                Turn(matrix, turned, k, padded);
            }
            Times(quotient, turned, back, k, padded);
            double* before = row - sizes.Row;
            for (int i = 0; i < k; i++)
            {
                chances[i] = before[i] * back[i];
            }
            earlier[waiting++] = before;
            if (sizes.StepTransitions)
            {
                AddPairs(earlier, quotients, waiting, pairs, k, padded);
                waiting = 0;
                AddProduct(matrix, pairs, upstream, gradient + ((nint)(t - 1) * sizes.Square), k, padded);
                new Span<double>(pairs, k * padded).Clear();
            }
            else if (waiting == Blocked)
            {
                AddPairs(earlier, quotients, waiting, pairs, k, padded);
                waiting = 0;
            }
        }
        if (!sizes.StepTransitions && steps > 1)
        {
            AddPairs(earlier, quotients, waiting, pairs, k, padded);
            AddProduct(matrix, pairs, upstream, gradient, k, padded);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Padded(int states) => (states + Vector<double>.Count - 1) / Vector<double>.Count * Vector<double>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Greatest(double* x, int count)
    {
        double greatest = x[0];
        for (int i = 1; i < count; i++)
        {
            greatest = x[i] > greatest ? x[i] : greatest;
        }
        return greatest;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Shifted(double* x, double shift, double* y, int count)
    {
        for (int i = 0; i < count; i++)
        {
            y[i] = x[i] - shift;
        }
    }

    /// <summary>The factors of a matrix of their logarithms, each divided by the largest, in rows of whole vectors.</summary>
    /// <returns>The logarithm of the largest.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Fill(double* logs, double* matrix, int k, int padded)
    {
        double greatest = Greatest(logs, k * k);
        for (int i = 0; i < k; i++)
        {
            double* row = matrix + ((nint)i * padded);
            Shifted(logs + ((nint)i * k), greatest, row, k);
            for (int j = k; j < padded; j++)
            {
                row[j] = double.NegativeInfinity;
            }
        }
        Span<double> all = new(matrix, k * padded);
        TensorPrimitives.Exp(all, all);
        return greatest;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Turn(double* matrix, double* turned, int k, int padded)
    {
        new Span<double>(turned, k * padded).Clear();
        for (int i = 0; i < k; i++)
        {
            for (int j = 0; j < k; j++)
            {
                turned[((nint)j * padded) + i] = matrix[((nint)i * padded) + j];
            }
        }
    }

    /// <summary>y = x P for a row x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Times(double* x, double* matrix, double* y, int k, int padded)
    {
        int width = Vector<double>.Count, column = 0;
        for (; column + (4 * width) <= padded; column += 4 * width)
        {
            double* row = matrix + column;
            Vector<double> a = Vector<double>.Zero, b = a, c = a, d = a, e = a, f = a, g = a, h = a;
            int i = 0;
            for (; i + 1 < k; i += 2, row += 2 * padded)
            {
                Vector<double> one = new(x[i]), two = new(x[i + 1]);
                double* next = row + padded;
                a = Vector.MultiplyAddEstimate(one, Vector.Load(row), a);
                b = Vector.MultiplyAddEstimate(one, Vector.Load(row + width), b);
                c = Vector.MultiplyAddEstimate(one, Vector.Load(row + (2 * width)), c);
                d = Vector.MultiplyAddEstimate(one, Vector.Load(row + (3 * width)), d);
                e = Vector.MultiplyAddEstimate(two, Vector.Load(next), e);
                f = Vector.MultiplyAddEstimate(two, Vector.Load(next + width), f);
                g = Vector.MultiplyAddEstimate(two, Vector.Load(next + (2 * width)), g);
                h = Vector.MultiplyAddEstimate(two, Vector.Load(next + (3 * width)), h);
            }
            if (i < k)
            {
                Vector<double> one = new(x[i]);
                a = Vector.MultiplyAddEstimate(one, Vector.Load(row), a);
                b = Vector.MultiplyAddEstimate(one, Vector.Load(row + width), b);
                c = Vector.MultiplyAddEstimate(one, Vector.Load(row + (2 * width)), c);
                d = Vector.MultiplyAddEstimate(one, Vector.Load(row + (3 * width)), d);
            }
            Vector.Store(a + e, y + column);
            Vector.Store(b + f, y + column + width);
            Vector.Store(c + g, y + column + (2 * width));
            Vector.Store(d + h, y + column + (3 * width));
        }
        for (; column < padded; column += width)
        {
            double* row = matrix + column;
            Vector<double> a = Vector<double>.Zero, b = a;
            int i = 0;
            for (; i + 1 < k; i += 2, row += 2 * padded)
            {
                a = Vector.MultiplyAddEstimate(new Vector<double>(x[i]), Vector.Load(row), a);
                b = Vector.MultiplyAddEstimate(new Vector<double>(x[i + 1]), Vector.Load(row + padded), b);
            }
            if (i < k)
            {
                a = Vector.MultiplyAddEstimate(new Vector<double>(x[i]), Vector.Load(row), a);
            }
            Vector.Store(a + b, y + column);
        }
    }

    /// <summary>Adds the outer products of the weights of some steps and what stands one step later.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddPairs(double** weights, double* quotients, int count, double* pairs, int k, int padded)
    {
        int width = Vector<double>.Count;
        for (int i = 0; i < k; i++)
        {
            double* row = pairs + ((nint)i * padded);
            if (count == Blocked)
            {
                Vector<double> a = new(weights[0][i]), b = new(weights[1][i]), c = new(weights[2][i]), d = new(weights[3][i]);
                for (int j = 0; j < padded; j += width)
                {
                    Vector<double> sum = Vector.MultiplyAddEstimate(a, Vector.Load(quotients + j), Vector.Load(row + j));
                    sum = Vector.MultiplyAddEstimate(b, Vector.Load(quotients + padded + j), sum);
                    sum = Vector.MultiplyAddEstimate(c, Vector.Load(quotients + (2 * padded) + j), sum);
                    Vector.Store(Vector.MultiplyAddEstimate(d, Vector.Load(quotients + (3 * padded) + j), sum), row + j);
                }
                continue;
            }
            for (int step = 0; step < count; step++)
            {
                Vector<double> weight = new(weights[step][i]);
                double* own = quotients + ((nint)step * padded);
                for (int j = 0; j < padded; j += width)
                {
                    Vector.Store(Vector.MultiplyAddEstimate(weight, Vector.Load(own + j), Vector.Load(row + j)), row + j);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddProduct(double* matrix, double* pairs, double upstream, double* gradient, int k, int padded)
    {
        for (int i = 0; i < k; i++)
        {
            for (int j = 0; j < k; j++)
            {
                gradient[(i * k) + j] += matrix[((nint)i * padded) + j] * pairs[((nint)i * padded) + j] * upstream;
            }
        }
    }

    /// <summary>Whether a state that the step before can reach has a weight near the smallest number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool IsLost(in ChainSizes sizes, double* transitions, double* before, double* row, double* sums, int t)
    {
        int k = sizes.States;
        double* logs = transitions + (sizes.StepTransitions ? (nint)(t - 1) * sizes.Square : 0);
        for (int j = 0; j < k; j++)
        {
            for (int i = 0; i < k && !(sums[j] >= Least); i++)
            {
                if (row[k + i] >= Least && before[i] > double.NegativeInfinity && !(logs[(i * k) + j] == double.NegativeInfinity))
                {
                    return true;
                }
            }
        }
        return false;
    }
}
