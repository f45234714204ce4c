using System.Numerics;
using Pyrite.Kernels.Memory;
using Pyrite.Kernels.Threads;

namespace Pyrite.Kernels.Reductions;

/// <summary>Sums of exponentials along a lane and what is made of them, in an order that depends on the lane's length alone.</summary>
/// <remarks>A long lane is cut into chunks that stay in the first-level cache; each is summed relative to its own maximum, on any thread, and the
/// chunks are added in order (the online normalizer of Milakov and Gimelshein, 2018, by chunks).</remarks>
internal static unsafe class LaneExponentials<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Chunk = 8192;

    private static readonly LaneLoops<T> Loops = LaneLoops<T>.Choose();

    /// <summary>log Σ eˣ.</summary>
    public static T LogSum(ReadOnlySpan<T> lane)
    {
        fixed (T* x = lane)
        {
            T largest = Largest(x, lane.Length, out T sum);
            return T.IsFinite(largest) ? largest + T.Log(sum) : T.Log(sum);
        }
    }

    /// <summary>eˣ / Σ eˣ; NaN everywhere if the largest element is not finite.</summary>
    public static void Softmax(ReadOnlySpan<T> lane, Span<T> result)
    {
        fixed (T* x = lane, y = result)
        {
            T largest = Largest(x, lane.Length, out T sum);
            Write(Loops.Exponentials, x, y, lane.Length, largest, T.IsFinite(largest) ? T.One / sum : T.NaN);
        }
    }

    /// <summary>x - log Σ eˣ; NaN everywhere if the largest element is not finite.</summary>
    public static void LogSoftmax(ReadOnlySpan<T> lane, Span<T> result)
    {
        fixed (T* x = lane, y = result)
        {
            T largest = Largest(x, lane.Length, out T sum);
            Write(Loops.Differences, x, y, lane.Length, largest, T.IsFinite(largest) ? T.Log(sum) : T.NaN);
        }
    }

    /// <summary>The largest element and Σ e^(x - largest); where that element is not finite, Σ eˣ.</summary>
    private static T Largest(T* x, int length, out T sum)
    {
        if (length <= Chunk)
        {
            return Loops.Measure(x, length, out sum);
        }
        int chunks = (length + Chunk - 1) / Chunk;
        using Scratch<T> maxima = Scratch<T>.Rent(chunks);
        using Scratch<T> sums = Scratch<T>.Rent(chunks);
        MeasureBody body = new(x, length, maxima.Pointer, sums.Pointer);
        WorkerPool.For(chunks, ref body);
        T largest = maxima.Pointer[0];
        for (int i = 1; i < chunks; i++)
        {
            largest = maxima.Pointer[i] > largest ? maxima.Pointer[i] : largest;
        }
        T shift = T.IsFinite(largest) ? largest : T.Zero;
        sum = T.Zero;
        for (int i = 0; i < chunks; i++)
        {
            T own = maxima.Pointer[i];
            sum += T.IsFinite(own) ? sums.Pointer[i] * T.Exp(own - shift) : sums.Pointer[i];
        }
        return largest;
    }

    private static void Write(delegate*<T*, T*, nint, T, T, void> loop, T* x, T* y, int length, T shift, T other)
    {
        WriteBody body = new(loop, x, y, length, shift, other);
        WorkerPool.For((length + Chunk - 1) / Chunk, ref body);
    }

    private readonly struct MeasureBody(T* x, int length, T* maxima, T* sums) : IParallelBody
    {
        public void Run(int index) =>
            maxima[index] = Loops.Measure(x + ((nint)index * Chunk), Math.Min(Chunk, length - (index * Chunk)), out sums[index]);
    }

    private readonly struct WriteBody(delegate*<T*, T*, nint, T, T, void> loop, T* x, T* y, int length, T shift, T other) : IParallelBody
    {
        public void Run(int index)
        {
            nint start = (nint)index * Chunk;
            loop(x + start, y + start, Math.Min(Chunk, length - (index * Chunk)), shift, other);
        }
    }
}
