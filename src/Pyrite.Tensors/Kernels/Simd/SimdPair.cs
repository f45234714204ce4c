using System.Runtime.CompilerServices;

namespace Pyrite.Kernels.Simd;

/// <summary>Two vectors that are computed side by side: constants are loaded once for both, and one works while the other waits.</summary>
/// <remarks>For functions of some dozens of instructions: longer ones reach the compiler's limit of inlining, past which they are slow.</remarks>
internal readonly struct SimdPair<V, T>(V low, V high) : ISimd<SimdPair<V, T>, T>
    where V : unmanaged, ISimd<V, T>
    where T : unmanaged
{
    private readonly V low = low;
    private readonly V high = high;

    public static int Count => 2 * V.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdPair<V, T> operator +(SimdPair<V, T> a, SimdPair<V, T> b) => new(a.low + b.low, a.high + b.high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdPair<V, T> operator -(SimdPair<V, T> a, SimdPair<V, T> b) => new(a.low - b.low, a.high - b.high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdPair<V, T> operator *(SimdPair<V, T> a, SimdPair<V, T> b) => new(a.low * b.low, a.high * b.high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdPair<V, T> operator /(SimdPair<V, T> a, SimdPair<V, T> b) => new(a.low / b.low, a.high / b.high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdPair<V, T> operator &(SimdPair<V, T> a, SimdPair<V, T> b) => new(a.low & b.low, a.high & b.high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdPair<V, T> operator |(SimdPair<V, T> a, SimdPair<V, T> b) => new(a.low | b.low, a.high | b.high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdPair<V, T> operator ^(SimdPair<V, T> a, SimdPair<V, T> b) => new(a.low ^ b.low, a.high ^ b.high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdPair<V, T> MultiplyAdd(SimdPair<V, T> a, SimdPair<V, T> b, SimdPair<V, T> c) =>
        new(V.MultiplyAdd(a.low, b.low, c.low), V.MultiplyAdd(a.high, b.high, c.high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdPair<V, T> Select(SimdPair<V, T> mask, SimdPair<V, T> a, SimdPair<V, T> b) =>
        new(V.Select(mask.low, a.low, b.low), V.Select(mask.high, a.high, b.high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdPair<V, T> Less(SimdPair<V, T> a, SimdPair<V, T> b) =>
        new(V.Less(a.low, b.low), V.Less(a.high, b.high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdPair<V, T> Equal(SimdPair<V, T> a, SimdPair<V, T> b) =>
        new(V.Equal(a.low, b.low), V.Equal(a.high, b.high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdPair<V, T> Smaller(SimdPair<V, T> a, SimdPair<V, T> b) =>
        new(V.Smaller(a.low, b.low), V.Smaller(a.high, b.high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdPair<V, T> Larger(SimdPair<V, T> a, SimdPair<V, T> b) =>
        new(V.Larger(a.low, b.low), V.Larger(a.high, b.high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdPair<V, T> Scale(SimdPair<V, T> a, SimdPair<V, T> b) =>
        new(V.Scale(a.low, b.low), V.Scale(a.high, b.high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdPair<V, T> ScaleNearOne(SimdPair<V, T> a, SimdPair<V, T> b) =>
        new(V.ScaleNearOne(a.low, b.low), V.ScaleNearOne(a.high, b.high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdPair<V, T> AddBits(SimdPair<V, T> a, SimdPair<V, T> b) =>
        new(V.AddBits(a.low, b.low), V.AddBits(a.high, b.high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdPair<V, T> SubtractBits(SimdPair<V, T> a, SimdPair<V, T> b) =>
        new(V.SubtractBits(a.low, b.low), V.SubtractBits(a.high, b.high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdPair<V, T> Abs(SimdPair<V, T> x) => new(V.Abs(x.low), V.Abs(x.high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdPair<V, T> Sqrt(SimdPair<V, T> x) => new(V.Sqrt(x.low), V.Sqrt(x.high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdPair<V, T> ShiftLeft(SimdPair<V, T> x, int bits) =>
        new(V.ShiftLeft(x.low, bits), V.ShiftLeft(x.high, bits));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdPair<V, T> ShiftRight(SimdPair<V, T> x, int bits) =>
        new(V.ShiftRight(x.low, bits), V.ShiftRight(x.high, bits));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdPair<V, T> Of(T value)
    {
        V both = V.Of(value);
        return new(both, both);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdPair<V, T> OfReal(double value)
    {
        V both = V.OfReal(value);
        return new(both, both);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdPair<V, T> Load(ref T source, nuint index) =>
        new(V.Load(ref source, index), V.Load(ref source, index + (nuint)V.Count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Any(SimdPair<V, T> mask) => V.Any(mask.low | mask.high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool All(SimdPair<V, T> mask) => V.All(mask.low & mask.high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref T target, nuint index)
    {
        low.Store(ref target, index);
        high.Store(ref target, index + (nuint)V.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public SimdPair<V, T> Horner(SimdPair<V, T> x, T coefficient) => MultiplyAdd(this, x, Of(coefficient));
}
