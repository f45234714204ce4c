namespace Pyrite.Kernels;

/// <summary>A real function of two arguments written for Float64 vectors of any width.</summary>
internal interface ISimdPairFunction
{
    /// <summary>The function of each pair of lanes.</summary>
    static abstract V Double<V>(V a, V b) where V : unmanaged, ISimd<V, double>;
}
