using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Pyrite.Kernels.Reductions;

/// <summary>Rounds of a forward algorithm in numbers that are scaled by powers of two, and of its gradient.</summary>
/// <remarks>Rows of matrices are whole vectors, with zeros at their ends.</remarks>
internal static class ScaledStates
{
    private const long ExponentBits = 0x7FF0000000000000, LargestExponent = 0x7FE0000000000000;
    private const double Log2 = 0.69314718055994531;

    /// <summary>2⁻ⁿ of a positive normal number with exponent n.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Scale(double sum) =>
        BitConverter.Int64BitsToDouble(LargestExponent - (BitConverter.DoubleToInt64Bits(sum) & ExponentBits));

    /// <summary>n log 2 for 2⁻ⁿ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double LogOf(double scale) => (1023 - (int)(BitConverter.DoubleToInt64Bits(scale) >> 52)) * Log2;

    /// <summary>Rounds of one sequence of two states: p goes on as (p A) ∘ b, or (p ∘ b) A, scaled by the sum of p.</summary>
    /// <param name="factors">b of each round, two numbers for each sequence.</param>
    /// <param name="scaled">Takes p after each round.</param>
    /// <param name="shifts">One number of each round and sequence, to which the logarithm of the scale is added.</param>
    /// <param name="walk">Which of how many sequences, and how many rounds.</param>
    /// <param name="matrix">A, row by row.</param>
    /// <param name="width">The numbers of a row.</param>
    /// <param name="isFirst">Whether b comes first.</param>
    /// <param name="state">p before the first round, and then after the last.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void GoOnWithTwo(ReadOnlySpan<double> factors, Span<double> scaled, Span<double> shifts, (int Own, int All, int Rounds) walk,
        ReadOnlySpan<double> matrix, int width, bool isFirst, Span<double> state)
    {
        ref double b = ref MemoryMarshal.GetReference(factors), p = ref MemoryMarshal.GetReference(scaled);
        ref double shift = ref MemoryMarshal.GetReference(shifts);
        double a = matrix[0], across = matrix[1], back = matrix[width], d = matrix[width + 1];
        double x = state[0], y = state[1];
        for (int i = 0; i < walk.Rounds; i++)
        {
            nint row = ((nint)i * walk.All) + walk.Own, at = 2 * row;
            double scale = Scale(x + y), first = Unsafe.Add(ref b, at), second = Unsafe.Add(ref b, at + 1), next;
            if (isFirst)
            {
                next = Math.FusedMultiplyAdd(x, a * first, y * (back * second)) * scale;
                y = Math.FusedMultiplyAdd(x, across * first, y * (d * second)) * scale;
            }
            else
            {
                next = Math.FusedMultiplyAdd(x, a, y * back) * (first * scale);
                y = Math.FusedMultiplyAdd(x, across, y * d) * (second * scale);
            }
            x = next;
            Unsafe.Add(ref shift, row) += LogOf(scale);
            Unsafe.Add(ref p, at) = x;
            Unsafe.Add(ref p, at + 1) = y;
        }
        (state[0], state[1]) = (x, y);
    }

    /// <summary>Rounds back of one sequence of two states, the gradients of whose carries come from the end alone.</summary>
    /// <param name="weights">p before each round.</param>
    /// <param name="at">The first number of the sequence in a row.</param>
    /// <param name="all">The numbers of a row.</param>
    /// <param name="walk">The first row in the order of time, the step to the next, and how many.</param>
    /// <param name="added">Takes the gradients of what the rounds add; nothing where they are not wanted.</param>
    /// <param name="isFirst">Whether it is added before the matrix.</param>
    /// <param name="matrix">A, row by row.</param>
    /// <param name="width">The numbers of a row of A.</param>
    /// <param name="state">The gradient of the carry after the rounds, and then before them.</param>
    /// <param name="pairs">To which the gradients of A are added, each divided by its element.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void GoBackWithTwo(ReadOnlySpan<double> weights, int at, int all, (int First, int Step, int Count) walk, Span<double> added,
        bool isFirst, ReadOnlySpan<double> matrix, int width, Span<double> state, Span<double> pairs)
    {
        double a = matrix[0], b = matrix[1], c = matrix[width], d = matrix[width + 1];
        double first = state[0], second = state[1], pairA = 0, pairB = 0, pairC = 0, pairD = 0;
        ref double p = ref MemoryMarshal.GetReference(weights);
        for (int i = 0; i < walk.Count; i++)
        {
            int place = ((walk.First + (i * walk.Step)) * all) + at;
            if (added.Length > 0 && !isFirst)
            {
                added[place] = first;
                added[place + 1] = second;
            }
            double x = Unsafe.Add(ref p, (i * all) + at), y = Unsafe.Add(ref p, (i * all) + at + 1);
            double shareA = first * (1 / Math.FusedMultiplyAdd(x, a, y * c)), shareB = second * (1 / Math.FusedMultiplyAdd(x, b, y * d));
            first = Math.FusedMultiplyAdd(x * a, shareA, x * b * shareB);
            second = Math.FusedMultiplyAdd(y * c, shareA, y * d * shareB);
            if (added.Length > 0 && isFirst)
            {
                added[place] = first;
                added[place + 1] = second;
            }
            pairA = Math.FusedMultiplyAdd(x, shareA, pairA);
            pairB = Math.FusedMultiplyAdd(x, shareB, pairB);
            pairC = Math.FusedMultiplyAdd(y, shareA, pairC);
            pairD = Math.FusedMultiplyAdd(y, shareB, pairD);
        }
        (state[0], state[1]) = (first, second);
        pairs[0] += pairA;
        pairs[1] += pairB;
        pairs[width] += pairC;
        pairs[width + 1] += pairD;
    }

    /// <summary>Adds a multiple of a row; both are whole vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddTo(Span<double> sum, ReadOnlySpan<double> row, double weight)
    {
        ref double to = ref MemoryMarshal.GetReference(sum), from = ref MemoryMarshal.GetReference(row);
        Vector<double> weights = new(weight);
        for (int k = 0; k < sum.Length; k += Vector<double>.Count)
        {
            Vector<double> before = Vector.LoadUnsafe(ref to, (nuint)k);
            Vector.FusedMultiplyAdd(Vector.LoadUnsafe(ref from, (nuint)k), weights, before).StoreUnsafe(ref to, (nuint)k);
        }
    }
}
