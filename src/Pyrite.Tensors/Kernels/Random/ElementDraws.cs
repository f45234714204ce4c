using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Pyrite.Kernels.Random;

/// <summary>Draws by rejection, eight elements at once, each from a stream of random bits of its own.</summary>
/// <remarks>
/// Attempt t of element i uses the blocks of i under the key Key xor (a constant plus t). All elements of a tile make their first attempt
/// together; those rejected are packed into vectors again until none is left. Neighbours, tiles and threads therefore change no bits.
/// </remarks>
internal static class ElementDraws
{
    // Kernels accept most of their proposals; even at one in two, so many rejections in a row have a chance of 1e-150.
    private const ulong MostAttempts = 500;

    private const int Lanes = 8;
    private const int Tile = 256;
    private const ulong AttemptTag = 0xE7037ED1A0B428DB;

    private static readonly Vector512<ulong> Consecutive = Vector512.Create(0ul, 1, 2, 3, 4, 5, 6, 7);

    /// <summary>Writes the draws numbered <paramref name="offset"/>, <paramref name="offset"/> + 1, ….</summary>
    /// <param name="key">The source of randomness.</param>
    /// <param name="parameters">Parameters, taken in turn and from the beginning again when they end.</param>
    /// <param name="destination">What to write.</param>
    /// <param name="offset">The number of the first draw.</param>
    /// <param name="firstParameter">The number of the first draw's parameter, counted on beyond their end.</param>
    [SkipLocalsInit]
    public static void Fill<TKernel, T>(RandomKey key, ReadOnlySpan<T> parameters, Span<T> destination, long offset, long firstParameter)
        where TKernel : IProposalKernel
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Span<double> values = stackalloc double[Tile];
        Span<double> draws = stackalloc double[Tile];
        Span<int> pending = stackalloc int[Tile + Lanes];
        for (int start = 0; start < destination.Length; start += Tile)
        {
            int length = Math.Min(Tile, destination.Length - start);
            long first = offset + start;
            Load(parameters, (int)((firstParameter + start) % parameters.Length), values[..length]);
            values[length..].Fill(values[0]);
            int count = ProposeAll<TKernel>(Attempt(key, 0), first, values, draws, length, pending);
            for (ulong attempt = 1; count > 0; attempt++)
            {
                if (attempt == MostAttempts)
                {
                    // No proposal is ever accepted of parameters that are no numbers, as they may stand in a row that a mask leaves out.
                    foreach (int element in pending[..count])
                    {
                        draws[element] = double.NaN;
                    }
                    break;
                }
                count = ProposeAgain<TKernel>(Attempt(key, attempt), first, values, draws, pending, count);
            }
            TensorPrimitives.ConvertTruncating<double, T>(draws[..length], destination.Slice(start, length));
        }
    }

    private static RandomKey Attempt(RandomKey key, ulong attempt) => key with { Key = key.Key ^ (AttemptTag + attempt) };

    private static void Load<T>(ReadOnlySpan<T> parameters, int position, Span<double> values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (parameters.Length == 1)
        {
            values.Fill(double.CreateTruncating(parameters[0]));
            return;
        }
        while (values.Length > 0)
        {
            int run = Math.Min(values.Length, parameters.Length - position);
            TensorPrimitives.ConvertTruncating<T, double>(parameters.Slice(position, run), values);
            values = values[run..];
            position = 0;
        }
    }

    /// <summary>The first attempt of a tile; lists those that were rejected and returns their number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int ProposeAll<TKernel>(RandomKey key, long first, Span<double> values, Span<double> draws, int length, Span<int> pending)
        where TKernel : IProposalKernel
    {
        int count = 0;
        for (int i = 0; i < length; i += Lanes)
        {
            Vector512<ulong> elements = Vector512.Create((ulong)(first + i)) + Consecutive;
            TKernel.Propose(key, elements, Vector512.LoadUnsafe(ref values[i]), out Vector512<double> accepted).StoreUnsafe(ref draws[i]);
            for (ulong rejected = ~accepted.ExtractMostSignificantBits() & 0xFF; rejected != 0; rejected &= rejected - 1)
            {
                int element = i + BitOperations.TrailingZeroCount(rejected);
                if (element < length)
                {
                    pending[count++] = element;
                }
            }
        }
        return count;
    }

    /// <summary>Another attempt of the listed elements; keeps those rejected again in the list and returns their number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    private static int ProposeAgain<TKernel>(RandomKey key, long first, Span<double> values, Span<double> draws, Span<int> pending, int count)
        where TKernel : IProposalKernel
    {
        Span<ulong> numbers = stackalloc ulong[Lanes];
        Span<double> lanes = stackalloc double[Lanes];
        pending.Slice(count, Lanes).Fill(pending[0]);
        int kept = 0;
        for (int i = 0; i < count; i += Lanes)
        {
            for (int lane = 0; lane < Lanes; lane++)
            {
                numbers[lane] = (ulong)(first + pending[i + lane]);
                lanes[lane] = values[pending[i + lane]];
            }
            Vector512<ulong> elements = Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(numbers));
            TKernel.Propose(key, elements, Vector512.LoadUnsafe(ref lanes[0]), out Vector512<double> accepted).StoreUnsafe(ref lanes[0]);
            ulong keep = accepted.ExtractMostSignificantBits();
            for (int lane = 0; lane < Math.Min(Lanes, count - i); lane++)
            {
                int element = pending[i + lane];
                if (((keep >> lane) & 1) != 0)
                {
                    draws[element] = lanes[lane];
                }
                else
                {
                    pending[kept++] = element;
                }
            }
        }
        return kept;
    }
}
