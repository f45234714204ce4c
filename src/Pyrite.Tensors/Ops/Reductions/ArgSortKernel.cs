using System.Numerics;
using Pyrite.Ops.Lanes;

namespace Pyrite.Ops.Reductions;

/// <summary>The order that sorts a lane, smallest first; stable, NaN last.</summary>
internal readonly struct ArgSortKernel : ILaneIndexKernel
{
    public static string Name => "argsort";

    public static void Invoke<T>(ReadOnlySpan<T> lane, Span<long> result) where T : unmanaged, INumber<T>
    {
        Sort(lane, result, descending: false);
    }

    /// <summary>Sorts positions; equal elements keep their order, NaN counts as the largest.</summary>
    internal static void Sort<T>(ReadOnlySpan<T> lane, Span<long> result, bool descending) where T : unmanaged, INumber<T>
    {
        T[] values = lane.ToArray();
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = i;
        }
        result.Sort((a, b) =>
        {
            int order = Compare(values[a], values[b]);
            return order == 0 ? a.CompareTo(b) : descending ? -order : order;
        });
    }

    private static int Compare<T>(T a, T b) where T : unmanaged, INumber<T> =>
        a < b ? -1 : a > b ? 1 : T.IsNaN(a) ? T.IsNaN(b) ? 0 : 1 : T.IsNaN(b) ? -1 : 0;
}
