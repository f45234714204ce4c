namespace Pyrite;

/// <summary>A vector of reals, of one width and precision: what functions that are written once for all of them compute with.</summary>
/// <remarks>
/// A function of vectors (<see cref="IElementFunction"/>, <see cref="IUpdateRule"/>) gets its numbers in lanes and treats every lane alike, so an
/// element's bits depend on its value and on the kind of processor, never on its place or its neighbours. There is no branch: both sides are computed
/// and <see cref="Select"/> takes one. Masks are lanes of all ones or all zeros, which comparisons give and &amp;, | and ^ combine. The library has
/// the vectors; nobody else implements this interface. <see cref="SimdMath"/> has exponentials, logarithms and their kin.
/// </remarks>
/// <typeparam name="TSelf">The vector.</typeparam>
public interface ISimd<TSelf>
    where TSelf : unmanaged, ISimd<TSelf>
{
    /// <summary>The number of lanes.</summary>
    internal static abstract int Count { get; }

    /// <summary>The sum in each lane.</summary>
    static abstract TSelf operator +(TSelf a, TSelf b);

    /// <summary>The difference in each lane.</summary>
    static abstract TSelf operator -(TSelf a, TSelf b);

    /// <summary>The product in each lane.</summary>
    static abstract TSelf operator *(TSelf a, TSelf b);

    /// <summary>The quotient in each lane.</summary>
    static abstract TSelf operator /(TSelf a, TSelf b);

    /// <summary>The bits that are set in both: of masks, where both hold; of a mask and numbers, the number or 0.</summary>
    static abstract TSelf operator &(TSelf a, TSelf b);

    /// <summary>The bits that are set in one or both: of masks, where one holds.</summary>
    static abstract TSelf operator |(TSelf a, TSelf b);

    /// <summary>The bits that are set in one alone: of masks, where they differ.</summary>
    static abstract TSelf operator ^(TSelf a, TSelf b);

    /// <summary>The same value in every lane, rounded to the lanes' precision.</summary>
    static abstract TSelf OfReal(double value);

    /// <summary>a·b + c, rounded once where the machine can.</summary>
    static abstract TSelf MultiplyAdd(TSelf a, TSelf b, TSelf c);

    /// <summary>a where the mask is set, else b.</summary>
    static abstract TSelf Select(TSelf mask, TSelf a, TSelf b);

    /// <summary>The mask of a &lt; b; not set for NaN.</summary>
    static abstract TSelf Less(TSelf a, TSelf b);

    /// <summary>The mask of a = b; not set for NaN.</summary>
    static abstract TSelf Equal(TSelf a, TSelf b);

    /// <summary>a where it is below b, else b: limits an argument b from above and leaves NaN.</summary>
    static abstract TSelf Smaller(TSelf a, TSelf b);

    /// <summary>a where it is above b, else b: limits an argument b from below and leaves NaN.</summary>
    static abstract TSelf Larger(TSelf a, TSelf b);

    /// <summary>The absolute value.</summary>
    static abstract TSelf Abs(TSelf x);

    /// <summary>The square root; NaN below 0.</summary>
    static abstract TSelf Sqrt(TSelf x);
}
