using System.Numerics;
using System.Runtime.CompilerServices;
using Pyrite.Kernels.Simd;

namespace Pyrite.Kernels.Reductions;

/// <summary>Loops over neighbouring columns of a block [length, stride], each lane of a vector a column.</summary>
/// <remarks>Columns that do not fill a vector are computed by a vector as well, so that a column's bits are the same at any place.</remarks>
internal static unsafe class ColumnLoop<V, T, TExp, TLog>
    where V : unmanaged, ISimd<V, T>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TExp : struct, IVectorFunction<V>
    where TLog : struct, IVectorFunction<V>
{
    /// <summary>y = log Σ eˣ over the rows, for some columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void LogSum(T* x, T* y, nint length, nint stride, nint columns)
    {
        for (nint column = 0; column < columns; column += V.Count)
        {
            nint present = columns - column;
            V top = Load(x + column, present);
            for (nint row = 1; row < length; row++)
            {
                top = V.Larger(Load(x + (row * stride) + column, present), top);
            }
            V shift = V.Select(V.Less(V.Abs(top), V.Of(T.PositiveInfinity)), top, V.Of(T.Zero));
            V sum = V.Of(T.Zero);
            for (nint row = 0; row < length; row++)
            {
                sum += TExp.Of(Load(x + (row * stride) + column, present) - shift);
            }
            Store(TLog.Of(sum) + shift, y + column, present);
        }
    }

    /// <summary>z = u eˣ⁻ʸ with y and u the same for all rows; where y is -∞, x is as well, and z is 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Shares(T* x, T* y, T* u, T* z, nint length, nint stride, nint columns)
    {
        for (nint column = 0; column < columns; column += V.Count)
        {
            nint present = columns - column;
            V sum = Load(y + column, present), factor = Load(u + column, present);
            V shift = V.Select(V.Equal(sum, V.Of(T.NegativeInfinity)), V.Of(T.Zero), sum);
            for (nint row = 0; row < length; row++)
            {
                nint place = (row * stride) + column;
                Store(TExp.Of(Load(x + place, present) - shift) * factor, z + place, present);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Load(T* source, nint present) => present >= V.Count ? V.Load(ref *source, 0) : Some(source, present);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(V vector, T* target, nint present)
    {
        if (present >= V.Count)
        {
            vector.Store(ref *target, 0);
            return;
        }
        for (nint i = 0; i < present; i++)
        {
            target[i] = ((T*)&vector)[i];
        }
    }

    private static V Some(T* source, nint present)
    {
        V some = V.Of(T.Zero);
        for (nint i = 0; i < present; i++)
        {
            ((T*)&some)[i] = source[i];
        }
        return some;
    }
}
