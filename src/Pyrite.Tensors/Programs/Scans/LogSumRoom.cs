using System.Runtime.CompilerServices;
using Pyrite.Kernels.Elementwise;
using Pyrite.Kernels.Reductions;
using Pyrite.Kernels.Simd;

namespace Pyrite.Programs.Scans;

/// <summary>Memory in which the rounds of a forward algorithm run in scaled numbers.</summary>
/// <param name="rounds">What the rounds are.</param>
/// <remarks>Of the carry fₜ = cₜ + log pₜ, with a number cₜ of each sequence, pₜ goes on as pₜ₊₁ = (pₜ A) ∘ bₜ / 2ⁿ, where n is the exponent of Σ pₜ:
/// no round waits for a division or a logarithm, and nothing is rounded. No number gets too small as long as those of A and bₜ are not too far
/// apart, which is looked at.</remarks>
internal sealed class LogSumRoom(LogSumRounds rounds)
{
    /// <summary>Numbers that are taken at once for exponentials and logarithms.</summary>
    private const int Block = 2048;

    private readonly ScaledMatrix matrix = new();
    private double[] scaled = [];
    private double[] factors = [];
    private double[] shifts = [];
    private double[] state = [];
    private double[] scales = [];

    /// <summary>Computes all rounds; false where numbers are too far apart, or not finite: nothing counts then.</summary>
    /// <param name="scan">The scan.</param>
    /// <param name="inputs">The carry, the arrays, and the captured tensors.</param>
    /// <param name="output">Takes the results.</param>
    public bool TryRun(in ScanOperation scan, ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        int all = (int)inputs[0].Count, states = rounds.States, sequences = all / states;
        if (!matrix.Load(inputs[rounds.Matrix].Read<double>(), rounds))
        {
            return false;
        }
        int width = matrix.Width, most = Math.Max(1, Math.Min(scan.Rounds, Block / all));
        Prepare(most, all, sequences, width);
        ReadOnlySpan<double> first = inputs[0].Read<double>();
        Span<double> target = output.Write<double>();
        ScanLayout layout = scan.Layout;
        first.CopyTo(target.Slice(layout.Carry(0, 0), all));
        for (int sequence = 0; sequence < sequences; sequence++)
        {
            Span<double> p = state.AsSpan(sequence * width, states);
            scales[sequence] = LessLargest(first.Slice(sequence * states, states), p, out _);
            if (!double.IsFinite(scales[sequence]))
            {
                return false;
            }
            foreach (ref double number in p)
            {
                number = Math.Exp(number);
            }
        }
        for (int round = 0; round < scan.Rounds; round += most)
        {
            int count = Math.Min(most, scan.Rounds - round);
            if (!LoadFactors(scan, inputs, round, count, all))
            {
                return false;
            }
            for (int sequence = 0; sequence < sequences; sequence++)
            {
                if (states == 2)
                {
                    ScaledStates.GoOnWithTwo(factors, scaled, shifts, (sequence, sequences, count), matrix.Rows, matrix.Width,
                        rounds.AddsFirst, state.AsSpan(sequence * width, 2));
                }
                else
                {
                    GoOn(sequence, sequences, count);
                }
            }
            Put(scan, layout, target, (round, count, all));
        }
        return true;
    }

    /// <summary>Numbers less their largest.</summary>
    /// <param name="numbers">The numbers.</param>
    /// <param name="less">Takes the differences.</param>
    /// <param name="range">How far the least is below; NaN where a number is.</param>
    /// <returns>The largest.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double LessLargest(ReadOnlySpan<double> numbers, Span<double> less, out double range)
    {
        (double least, double most) = (numbers[0], numbers[0]);
        for (int i = 1; i < numbers.Length; i++)
        {
            least = Math.Min(least, numbers[i]);
            most = Math.Max(most, numbers[i]);
        }
        for (int i = 0; i < less.Length; i++)
        {
            less[i] = numbers[i] - most;
        }
        range = most - least;
        return most;
    }

    private void Prepare(int most, int all, int sequences, int width)
    {
        if (scaled.Length < most * all || scales.Length != sequences)
        {
            (scaled, factors) = (new double[most * all], new double[most * all]);
            (shifts, scales) = (new double[most * sequences], new double[sequences]);
            state = new double[sequences * width];
        }
    }

    /// <summary>The exponentials of what the rounds add, each sequence less its largest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool LoadFactors(in ScanOperation scan, ReadOnlySpan<Tensor> inputs, int round, int count, int all)
    {
        int states = rounds.States, sequences = all / states;
        if (rounds.Addend < 0)
        {
            factors.AsSpan(0, count * all).Fill(1);
            shifts.AsSpan(0, count * sequences).Fill(matrix.Shift);
            return true;
        }
        ReadOnlySpan<double> added = inputs[rounds.Addend].Read<double>();

        // Added first, what states have lost to each other by the matrix is there when they are added to, and is lost once more.
        double room = ScaledMatrix.MostApart - (rounds.AddsFirst ? 2 * matrix.Range : matrix.Range);
        for (int i = 0; i < count; i++)
        {
            int time = scan.IsReverse ? scan.Rounds - 1 - round - i : round + i;
            for (int sequence = 0; sequence < sequences; sequence++)
            {
                double largest = LessLargest(added.Slice((time * all) + (sequence * states), states),
                    factors.AsSpan((i * all) + (sequence * states), states), out double range);
                if (!(range < room && double.IsFinite(largest)))
                {
                    return false;
                }
                shifts[(i * sequences) + sequence] = largest + matrix.Shift;
            }
        }
        SimdMap.Run<ExpFunction, double>(factors.AsSpan(0, count * all), factors.AsSpan(0, count * all));
        return true;
    }

    /// <summary>Rounds of one sequence.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void GoOn(int sequence, int sequences, int count)
    {
        int states = rounds.States, width = matrix.Width;
        Span<double> p = state.AsSpan(sequence * width, width);
        ReadOnlySpan<double> rows = matrix.Rows;
        Span<double> next = stackalloc double[width <= 256 ? width : 0];
        next = next.Length == 0 ? new double[width] : next;
        for (int i = 0; i < count; i++)
        {
            double total = 0;
            next.Clear();
            int at = ((i * sequences) + sequence) * states;
            for (int from = 0; from < states; from++)
            {
                total += p[from];
                ScaledStates.AddTo(next, rows.Slice(from * width, width), rounds.AddsFirst ? p[from] * factors[at + from] : p[from]);
            }
            double inverse = ScaledStates.Scale(total);
            for (int to = 0; to < states; to++)
            {
                p[to] = scaled[at + to] = next[to] * (rounds.AddsFirst ? inverse : factors[at + to] * inverse);
            }
            shifts[(i * sequences) + sequence] += ScaledStates.LogOf(inverse);
        }
    }

    /// <summary>Puts logarithms to their places.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Put(in ScanOperation scan, ScanLayout layout, Span<double> target, (int First, int Count, int All) part)
    {
        (int first, int count, int all) = part;
        int states = rounds.States, sequences = all / states;
        Span<double> rows = scaled.AsSpan(0, count * all);
        SimdMap.Run<LogFunction, double>(rows, rows);
        for (int sequence = 0; sequence < sequences; sequence++)
        {
            double scale = scales[sequence];
            for (int i = 0; i < count; i++)
            {
                scale += shifts[(i * sequences) + sequence];
                Span<double> row = rows.Slice((i * all) + (sequence * states), states);
                for (int k = 0; k < row.Length; k++)
                {
                    row[k] += scale;
                }
            }
            scales[sequence] = scale;
        }
        PutRows(rows, target, layout.Carry(0, first + 1), (scan.KeepsCarries ? scan.IsReverse ? -all : all : 0, all, count));
        for (int output = 0; output < scan.Body.Outputs.Length; output++)
        {
            int time = scan.IsReverse ? scan.Rounds - 1 - first : first;
            PutRows(rows, target, layout.Output(output) + (time * all), (scan.IsReverse ? -all : all, all, count));
        }
    }

    /// <summary>Puts rows to where they begin, one step after the other.</summary>
    private static void PutRows(ReadOnlySpan<double> rows, Span<double> target, int start, (int Step, int Size, int Count) walk)
    {
        if (walk.Step == walk.Size)
        {
            rows.CopyTo(target[start..]);
            return;
        }
        for (int i = walk.Step == 0 ? walk.Count - 1 : 0; i < walk.Count; i++)
        {
            rows.Slice(i * walk.Size, walk.Size).CopyTo(target[(start + (i * walk.Step))..]);
        }
    }
}
