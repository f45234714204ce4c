using System.Numerics;

namespace Pyrite.Kernels.Reductions;

/// <summary>Adds partial results lane by lane as a binary tree, so that the grouping never depends on threads.</summary>
internal static unsafe class LaneSum
{
    /// <summary>Leaves the sum of all lanes in lane zero; the other lanes are used up. Lanes start <paramref name="stride"/> elements
    /// apart.</summary>
    public static void Fold<T>(int lanes, nint size, T* values, nint stride)
        where T : unmanaged
    {
        for (int step = 1; step < lanes; step *= 2)
        {
            for (int lane = 0; lane + step < lanes; lane += 2 * step)
            {
                Add(values + (lane * stride), values + ((lane + step) * stride), size);
            }
        }
    }

    private static void Add<T>(T* target, T* source, nint count)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            AddTo((float*)target, (float*)source, count);
        }
        else
        {
            AddTo((double*)target, (double*)source, count);
        }
    }

    private static void AddTo<T>(T* target, T* source, nint count)
        where T : unmanaged, INumber<T>
    {
        nint i = 0;
        for (; i + Vector<T>.Count <= count; i += Vector<T>.Count)
        {
            (Vector.Load(target + i) + Vector.Load(source + i)).Store(target + i);
        }
        for (; i < count; i++)
        {
            target[i] += source[i];
        }
    }
}
