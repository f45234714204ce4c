using System.Numerics;
using Pyrite.Ops.Lanes;

namespace Pyrite.Ops.Reductions;

/// <summary>The order that sorts a lane, largest first; stable, NaN first.</summary>
internal readonly struct ArgSortDescendingKernel : ILaneIndexKernel
{
    public static string Name => "argsort";

    public static void Invoke<T>(ReadOnlySpan<T> lane, Span<long> result) where T : unmanaged, INumber<T>
    {
        ArgSortKernel.Sort(lane, result, descending: true);
    }
}
