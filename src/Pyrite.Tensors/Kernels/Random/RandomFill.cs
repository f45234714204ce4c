using System.Runtime.CompilerServices;

namespace Pyrite.Kernels.Random;

/// <summary>Fills any piece of the endless sequence of draws that a key and a kernel define.</summary>
internal static class RandomFill
{
    private const int LongestGroup = 64;

    /// <summary>Writes the draws numbered <paramref name="offset"/>, <paramref name="offset"/> + 1, … so that splitting a fill changes no
    /// bits.</summary>
    [SkipLocalsInit]
    public static void Run<TKernel, T>(RandomKey key, Span<T> destination, long offset)
        where TKernel : IRandomKernel<T>
        where T : unmanaged
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        int groupLength = TKernel.GroupLength;
        ulong group = (ulong)offset / (uint)groupLength;
        int skip = (int)((ulong)offset % (uint)groupLength);
        Span<T> edge = stackalloc T[LongestGroup];
        edge = edge[..groupLength];
        if (skip > 0 && destination.Length > 0)
        {
            TKernel.FillGroups(key, group++, edge);
            int count = Math.Min(groupLength - skip, destination.Length);
            edge.Slice(skip, count).CopyTo(destination);
            destination = destination[count..];
        }
        int whole = destination.Length & -groupLength;
        if (whole > 0)
        {
            TKernel.FillGroups(key, group, destination[..whole]);
            group += (uint)(whole / groupLength);
            destination = destination[whole..];
        }
        if (destination.Length > 0)
        {
            TKernel.FillGroups(key, group, edge);
            edge[..destination.Length].CopyTo(destination);
        }
    }
}
