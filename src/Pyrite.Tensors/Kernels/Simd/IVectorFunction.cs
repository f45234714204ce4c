namespace Pyrite.Kernels.Simd;

/// <summary>A function of vectors of one type.</summary>
internal interface IVectorFunction<V>
{
    /// <summary>The value in every lane.</summary>
    static abstract V Of(V x);
}
