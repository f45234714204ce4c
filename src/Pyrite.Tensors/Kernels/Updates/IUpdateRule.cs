using System.Numerics;
using Pyrite.Kernels.Simd;

namespace Pyrite.Kernels.Updates;

/// <summary>How one update changes elements of one parameter; a struct that holds the constants of the step.</summary>
internal interface IUpdateRule
{
    /// <summary>Changes a vector of parameters and what is remembered about them.</summary>
    void Step<V, T>(ref UpdateLanes<V> lanes)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IFloatingPointIeee754<T>;
}
