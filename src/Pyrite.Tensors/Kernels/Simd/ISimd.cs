namespace Pyrite.Kernels.Simd;

/// <summary>A vector of reals of one width: what functions that are written once for all widths may do with it.</summary>
/// <remarks>Every operation works on each lane alone, so that a function's bits depend on the element and on the machine, never on place or
/// neighbours. Masks are lanes of all ones or all zeros.</remarks>
/// <typeparam name="TSelf">The vector.</typeparam>
/// <typeparam name="T">Float32 or Float64.</typeparam>
internal interface ISimd<TSelf, T>
    where TSelf : unmanaged, ISimd<TSelf, T>
    where T : unmanaged
{
    /// <summary>The number of lanes.</summary>
    static abstract int Count { get; }

    static abstract TSelf operator +(TSelf a, TSelf b);

    static abstract TSelf operator -(TSelf a, TSelf b);

    static abstract TSelf operator *(TSelf a, TSelf b);

    static abstract TSelf operator /(TSelf a, TSelf b);

    static abstract TSelf operator &(TSelf a, TSelf b);

    static abstract TSelf operator |(TSelf a, TSelf b);

    static abstract TSelf operator ^(TSelf a, TSelf b);

    /// <summary>The same value in every lane.</summary>
    static abstract TSelf Of(T value);

    /// <summary>The same value in every lane, converted to the lanes' type.</summary>
    static abstract TSelf OfReal(double value);

    /// <summary>Reads as many elements as there are lanes.</summary>
    static abstract TSelf Load(ref T source, nuint index);

    /// <summary>a·b + c, rounded once where the machine can.</summary>
    static abstract TSelf MultiplyAdd(TSelf a, TSelf b, TSelf c);

    /// <summary>a where the mask is set, else b.</summary>
    static abstract TSelf Select(TSelf mask, TSelf a, TSelf b);

    /// <summary>The mask of a &lt; b; not set for NaN.</summary>
    static abstract TSelf Less(TSelf a, TSelf b);

    /// <summary>The mask of a = b; not set for NaN.</summary>
    static abstract TSelf Equal(TSelf a, TSelf b);

    /// <summary>Whether a mask is set in any lane.</summary>
    static abstract bool Any(TSelf mask);

    /// <summary>a where it is below b, else b: limits an argument b from above and leaves NaN.</summary>
    static abstract TSelf Smaller(TSelf a, TSelf b);

    /// <summary>a where it is above b, else b: limits an argument b from below and leaves NaN.</summary>
    static abstract TSelf Larger(TSelf a, TSelf b);

    /// <summary>The absolute value.</summary>
    static abstract TSelf Abs(TSelf x);

    /// <summary>The square root.</summary>
    static abstract TSelf Sqrt(TSelf x);

    /// <summary>x·2ⁿ, rounded once; n is whole and within the range that takes the smallest number to the largest.</summary>
    static abstract TSelf Scale(TSelf x, TSelf n);

    /// <summary>The sum of the bit patterns as whole numbers.</summary>
    static abstract TSelf AddBits(TSelf a, TSelf b);

    /// <summary>The difference of the bit patterns as whole numbers.</summary>
    static abstract TSelf SubtractBits(TSelf a, TSelf b);

    /// <summary>The bit pattern moved to the left.</summary>
    static abstract TSelf ShiftLeft(TSelf x, int bits);

    /// <summary>The bit pattern moved to the right, copies of its first bit coming in.</summary>
    static abstract TSelf ShiftRight(TSelf x, int bits);

    /// <summary>Writes the lanes.</summary>
    void Store(ref T target, nuint index);

    /// <summary>This times x plus a coefficient: one step of Horner's scheme.</summary>
    TSelf Horner(TSelf x, T coefficient);
}
