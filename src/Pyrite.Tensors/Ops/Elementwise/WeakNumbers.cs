namespace Pyrite.Ops.Elementwise;

/// <summary>The scalars of C# numbers: models write the same few in every step, so each thread keeps the last ones.</summary>
internal static class WeakNumbers
{
    private const int RecentBits = 5;

    [ThreadStatic]
    private static Tensor?[]? recent;

    /// <summary>The scalar of a number.</summary>
    public static Tensor Of(double value)
    {
        long bits = BitConverter.DoubleToInt64Bits(value);
        ulong place = ((ulong)bits * 0x9E3779B97F4A7C15) >> (64 - RecentBits);
        ref Tensor? known = ref (recent ??= new Tensor?[1 << RecentBits])[place];
        return known is not null && BitConverter.DoubleToInt64Bits(known.WeakValue) == bits ? known : known = Tensor.Weak(value);
    }
}
