using System.Runtime.InteropServices;
using System.Text;

namespace Pyrite;

public sealed partial class Cluster
{
    /// <summary>Computes a number, or a structure of numbers, for each item, the items shared out among the ranks.</summary>
    /// <remarks>Item i is computed by rank i mod <see cref="ProcessGroup.Size"/>, in order. Inside, a rank works alone: it must not call the
    /// cluster.</remarks>
    /// <typeparam name="T">What an item is.</typeparam>
    /// <typeparam name="TResult">The result: a number, or a structure of numbers without references.</typeparam>
    /// <param name="items">The items, the same on all ranks.</param>
    /// <param name="compute">What to compute for one.</param>
    /// <returns>The results in the order of the items, whole on all ranks.</returns>
    /// <exception cref="ClusterException">The ranks do not have as many items, or one did not answer in time.</exception>
    public TResult[] Map<T, TResult>(IReadOnlyList<T> items, Func<T, TResult> compute)
        where TResult : unmanaged
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(compute);
        TResult[] own = [.. Own(items).Select(compute)];
        IReadOnlyList<byte[]> parts = GatherEverywhere(MemoryMarshal.AsBytes<TResult>(own), $"the results of {items.Count} items");
        TResult[] all = new TResult[items.Count];
        for (int i = 0; i < all.Length; i++)
        {
            all[i] = MemoryMarshal.Cast<byte, TResult>(parts[i % Size])[i / Size];
        }
        return all;
    }

    /// <summary>Computes a text for each item, the items shared out among the ranks.</summary>
    /// <remarks>As for numbers; a text may be JSON, or a row of a table.</remarks>
    /// <typeparam name="T">What an item is.</typeparam>
    /// <param name="items">The items, the same on all ranks.</param>
    /// <param name="compute">What to compute for one.</param>
    /// <returns>The results in the order of the items, whole on all ranks.</returns>
    /// <exception cref="ClusterException">The ranks do not have as many items, or one did not answer in time.</exception>
    public string[] Map<T>(IReadOnlyList<T> items, Func<T, string> compute)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(compute);
        byte[][] bytes = [.. Own(items).Select(item => Encoding.UTF8.GetBytes(compute(item)))];
        int[] lengths = [.. bytes.Select(one => one.Length)];
        string purpose = $"the results of {items.Count} items";
        IReadOnlyList<byte[]> sizes = GatherEverywhere(MemoryMarshal.AsBytes<int>(lengths), purpose);
        IReadOnlyList<byte[]> parts = GatherEverywhere(bytes.SelectMany(one => one).ToArray(), purpose);
        int[] starts = new int[Size];
        string[] all = new string[items.Count];
        for (int i = 0; i < all.Length; i++)
        {
            int rank = i % Size, length = MemoryMarshal.Cast<byte, int>(sizes[rank])[i / Size];
            all[i] = Encoding.UTF8.GetString(parts[rank], starts[rank], length);
            starts[rank] += length;
        }
        return all;
    }

    private IEnumerable<T> Own<T>(IReadOnlyList<T> items)
    {
        for (int i = Rank; i < items.Count; i += Size)
        {
            yield return items[i];
        }
    }
}
