using System.Runtime.CompilerServices;
using Pyrite.Kernels.Elementwise;
using Pyrite.Kernels.Reductions;
using Pyrite.Kernels.Simd;

namespace Pyrite.Programs.Scans;

/// <summary>Memory in which the gradient of a forward algorithm runs back through its rounds.</summary>
/// <param name="back">What the rounds are.</param>
/// <remarks>With pₜ the exponentials of the carry before a round, q = pₜ A and g the gradient of the next carry, that of the carry is pₜ ∘ A (g / q),
/// and that of the logarithms of A is A ∘ pₜ (g / q)ᵀ.</remarks>
internal sealed class LogSumBackRoom(LogSumBack back)
{
    /// <summary>Numbers that are taken at once for exponentials.</summary>
    private const int Block = 2048;

    private readonly ScaledMatrix matrix = new();
    private double[] weights = [];
    private double[] state = [];
    private double[] pairs = [];

    /// <summary>Computes all rounds; false where numbers are too far apart, or not finite: nothing counts then.</summary>
    /// <param name="scan">The scan that runs back.</param>
    /// <param name="inputs">What it is given; see <see cref="ScanGradient.Given"/>.</param>
    /// <param name="output">Takes the results.</param>
    public bool TryRun(in ScanOperation scan, ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        LogSumRounds rounds = back.Rounds;
        int all = (int)inputs[0].Count, states = rounds.States, sequences = all / states;
        if (scan.KeepsCarries || !matrix.Load(inputs[back.Matrix].Read<double>(), rounds))
        {
            return false;
        }
        int width = matrix.Width, most = Math.Max(1, Math.Min(scan.Rounds, Block / all));
        if (weights.Length < most * all || state.Length != sequences * width)
        {
            (weights, state, pairs) = (new double[most * all], new double[sequences * width], new double[states * width]);
        }
        pairs.AsSpan().Clear();
        ReadOnlySpan<double> last = inputs[0].Read<double>();
        for (int sequence = 0; sequence < sequences; sequence++)
        {
            last.Slice(sequence * states, states).CopyTo(state.AsSpan(sequence * width));
        }
        bool isPlain = states == 2 && back.Upstream.Length == 0 && back.Kept < 0;
        ScanLayout layout = scan.Layout;
        Span<double> target = output.Write<double>();
        for (int round = 0; round < scan.Rounds; round += most)
        {
            int count = Math.Min(most, scan.Rounds - round);
            if (!LoadWeights(scan, inputs, round, count, all))
            {
                return false;
            }
            Span<double> added = back.Addend ? target[layout.Output(0)..] : [];
            int first = scan.IsReverse ? scan.Rounds - 1 - round : round, step = scan.IsReverse ? -1 : 1;
            for (int sequence = 0; sequence < sequences; sequence++)
            {
                if (isPlain)
                {
                    ScaledStates.GoBackWithTwo(weights, sequence * states, all, (first, step, count), added, rounds.AddsFirst, matrix.Rows, width,
                        state.AsSpan(sequence * width, 2), pairs);
                    continue;
                }
                for (int i = 0; i < count; i++)
                {
                    GoBack(inputs, ((first + (i * step)) * all) + (sequence * states), state.AsSpan(sequence * width, width),
                        weights.AsSpan((i * all) + (sequence * states), states), added);
                }
            }
        }
        Span<double> start = target[layout.Carry(0, scan.Rounds)..];
        for (int sequence = 0; sequence < sequences; sequence++)
        {
            state.AsSpan(sequence * width, states).CopyTo(start[(sequence * states)..]);
        }
        if (back.Sum)
        {
            PutSum(inputs[1].Read<double>(), target.Slice(layout.Carry(1, scan.Rounds), (int)inputs[1].Count));
        }
        return true;
    }

    /// <summary>The exponentials of the carries before some rounds, each sequence less its largest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool LoadWeights(in ScanOperation scan, ReadOnlySpan<Tensor> inputs, int round, int count, int all)
    {
        int states = back.Rounds.States;
        ReadOnlySpan<double> carries = inputs[back.Carries].Read<double>();
        ReadOnlySpan<double> added = back.Rounds.AddsFirst ? inputs[back.Carries + back.Rounds.Addend].Read<double>() : [];
        for (int i = 0; i < count; i++)
        {
            int time = scan.IsReverse ? scan.Rounds - 1 - round - i : round + i;
            for (int at = 0; at < all; at += states)
            {
                Span<double> to = weights.AsSpan((i * all) + at, states);
                carries.Slice((time * all) + at, states).CopyTo(to);
                for (int k = 0; k < to.Length && added.Length > 0; k++)
                {
                    to[k] += added[(time * all) + at + k];
                }
                if (!double.IsFinite(LogSumRoom.LessLargest(to, to, out _)))
                {
                    return false;
                }
            }
        }
        SimdMap.Run<ExpFunction, double>(weights.AsSpan(0, count * all), weights.AsSpan(0, count * all));
        return true;
    }

    /// <summary>One round of one sequence.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void GoBack(ReadOnlySpan<Tensor> inputs, int at, Span<double> gradient, ReadOnlySpan<double> p, Span<double> added)
    {
        int states = back.Rounds.States, width = matrix.Width;
        foreach (int upstream in back.Upstream)
        {
            ReadOnlySpan<double> row = inputs[upstream].Read<double>().Slice(at, states);
            for (int k = 0; k < states; k++)
            {
                gradient[k] += row[k];
            }
        }
        if (added.Length > 0 && !back.Rounds.AddsFirst)
        {
            gradient[..states].CopyTo(added[at..]);
        }
        Span<double> shares = stackalloc double[width <= 256 ? width : 0];
        shares = shares.Length == 0 ? new double[width] : shares;
        shares.Clear();
        for (int from = 0; from < states; from++)
        {
            ScaledStates.AddTo(shares, matrix.Rows.Slice(from * width, width), p[from]);
        }
        for (int to = 0; to < states; to++)
        {
            shares[to] = gradient[to] / shares[to];
        }
        shares[states..].Clear();
        gradient.Clear();
        for (int to = 0; to < states; to++)
        {
            ScaledStates.AddTo(gradient, matrix.Columns.Slice(to * width, width), shares[to]);
        }
        for (int from = 0; from < states; from++)
        {
            gradient[from] *= p[from];
            ScaledStates.AddTo(pairs.AsSpan(from * width, width), shares, p[from]);
        }
        if (added.Length > 0 && back.Rounds.AddsFirst)
        {
            gradient[..states].CopyTo(added[at..]);
        }
        if (back.Kept >= 0)
        {
            ReadOnlySpan<double> row = inputs[back.Kept].Read<double>().Slice(at, states);
            for (int k = 0; k < states; k++)
            {
                gradient[k] += row[k];
            }
        }
    }

    private void PutSum(ReadOnlySpan<double> before, Span<double> sum)
    {
        before.CopyTo(sum);
        LogSumRounds rounds = back.Rounds;
        for (int place = 0; place < rounds.Places.Length && !rounds.IsDetached; place++)
        {
            (int from, int to) = Math.DivRem(place, rounds.States);
            int at = (from * matrix.Width) + to;
            sum[rounds.Places[place]] += matrix.Rows[at] * pairs[at];
        }
    }
}
