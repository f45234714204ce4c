namespace Pyrite.Kernels.Simd;

/// <summary>A real function of two arguments written for vectors of any width.</summary>
internal interface ISimdPairFunction
{
    /// <summary>Whether there is a form for Float32 lanes; without one Float32 is computed in Float64.</summary>
    static virtual bool HasSingle => false;

    /// <summary>The function of each pair of Float32 lanes.</summary>
    static virtual V Single<V>(V a, V b) where V : unmanaged, ISimd<V, float> =>
        throw new NotSupportedException("This function is computed in Float64.");

    /// <summary>The function of each pair of Float64 lanes.</summary>
    static abstract V Double<V>(V a, V b) where V : unmanaged, ISimd<V, double>;
}
