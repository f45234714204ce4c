namespace Pyrite;

/// <summary>One plate as a site sees it: an axis along which draws are independent.</summary>
/// <param name="Name">The plate's name.</param>
/// <param name="Dimension">The batch dimension, counted from the right: -1 is the last.</param>
/// <param name="Size">How many there are in all.</param>
/// <param name="SubsampleSize">How many are present in this run.</param>
public readonly record struct PlateFrame(string Name, int Dimension, int Size, int SubsampleSize);
