namespace Pyrite.Kernels.Simd;

/// <summary>A real function that is computed in double precision whatever the element type.</summary>
internal interface IDoubleFunction
{
    /// <summary>The function of Float64 lanes.</summary>
    static abstract V Of<V>(V x) where V : unmanaged, ISimd<V, double>;
}
