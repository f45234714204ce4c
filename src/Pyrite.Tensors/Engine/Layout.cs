namespace Pyrite.Engine;

/// <summary>How the elements of a tensor lie in memory; the logical order of axes never changes.</summary>
internal enum Layout : byte
{
    /// <summary>Last axis fastest.</summary>
    RowMajor,

    /// <summary>Four axes [N, C, H, W], stored as [N, H, W, C]; only where C and H·W are both larger than 1.</summary>
    ChannelsLast,
}
