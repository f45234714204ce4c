namespace Pyrite;

/// <summary>What stands beyond the edges when a tensor is padded.</summary>
public enum PaddingMode
{
    /// <summary>One number.</summary>
    Constant,

    /// <summary>The inside mirrored at the edge, the edge itself not repeated.</summary>
    Reflect,

    /// <summary>The edge repeated.</summary>
    Replicate,

    /// <summary>The other end, as on a ring.</summary>
    Circular,
}
