namespace Pyrite.Kernels.Random;

/// <summary>A distribution that is drawn group by group, a group depending only on the key and its number.</summary>
internal interface IRandomKernel<T>
    where T : unmanaged
{
    /// <summary>How many draws a group has, a power of two.</summary>
    static abstract int GroupLength { get; }

    /// <summary>Writes whole groups, the first one numbered <paramref name="firstGroup"/>.</summary>
    static abstract void FillGroups(RandomKey key, ulong firstGroup, Span<T> destination);
}
