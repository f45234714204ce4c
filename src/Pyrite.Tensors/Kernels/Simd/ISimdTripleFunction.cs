namespace Pyrite.Kernels.Simd;

/// <summary>A real function of three arguments written for Float64 vectors of any width.</summary>
internal interface ISimdTripleFunction
{
    /// <summary>The function of each triple of lanes.</summary>
    static abstract V Double<V>(V a, V b, V c) where V : unmanaged, ISimd<V, double>;
}
