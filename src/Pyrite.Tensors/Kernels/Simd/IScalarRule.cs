namespace Pyrite.Kernels.Simd;

/// <summary>A function of one number, for the few lanes in which its vector form does not hold.</summary>
internal interface IScalarRule<T>
{
    /// <summary>The value at x.</summary>
    static abstract T Of(T x);
}
