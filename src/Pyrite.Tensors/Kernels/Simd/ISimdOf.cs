namespace Pyrite.Kernels.Simd;

/// <summary>A vector of reals of one type: what kernels know beside what functions of all precisions may use.</summary>
/// <remarks>Every operation works on each lane alone, so that a function's bits depend on the element and on the machine, never on place or
/// neighbours.</remarks>
/// <typeparam name="TSelf">The vector.</typeparam>
/// <typeparam name="T">Float32 or Float64.</typeparam>
internal interface ISimd<TSelf, T> : ISimd<TSelf>
    where TSelf : unmanaged, ISimd<TSelf, T>
    where T : unmanaged
{
    /// <summary>The same value in every lane.</summary>
    static abstract TSelf Of(T value);

    /// <summary>Reads as many elements as there are lanes.</summary>
    static abstract TSelf Load(ref T source, nuint index);

    /// <summary>Whether a mask is set in any lane.</summary>
    static abstract bool Any(TSelf mask);

    /// <summary>Whether a mask is set in all lanes.</summary>
    static abstract bool All(TSelf mask);

    /// <summary>x·2ⁿ, rounded once; n is whole and within the range that takes the smallest number to the largest.</summary>
    static abstract TSelf Scale(TSelf x, TSelf n);

    /// <summary><see cref="Scale"/> of an x between 1/2 and 2, where it may be faster.</summary>
    /// <remarks>A choice that the width of vectors makes here, not a function: code that is compiled and never taken uses up what the runtime's
    /// compiler may inline into a loop.</remarks>
    static abstract TSelf ScaleNearOne(TSelf x, TSelf n);

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
