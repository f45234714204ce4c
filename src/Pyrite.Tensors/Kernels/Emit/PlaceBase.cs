namespace Pyrite.Kernels.Emit;

/// <summary>What the position of a <see cref="Place"/> counts from.</summary>
internal enum PlaceBase : byte
{
    /// <summary>The block of the run.</summary>
    Block,

    /// <summary>Nothing: it is an address.</summary>
    Fixed,

    /// <summary>The table of the addresses of given tensors.</summary>
    Given,
}
