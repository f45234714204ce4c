namespace Pyrite.Kernels.Simd;

/// <summary>A real function written for vectors of any width.</summary>
internal interface ISimdFunction
{
    /// <summary>Whether long arrays go faster two vectors at a time: functions of some dozens of instructions.</summary>
    static virtual bool IsShort => false;

    /// <summary>The function of Float32 lanes.</summary>
    static abstract V Single<V>(V x) where V : unmanaged, ISimd<V, float>;

    /// <summary>The function of Float64 lanes.</summary>
    static abstract V Double<V>(V x) where V : unmanaged, ISimd<V, double>;
}
