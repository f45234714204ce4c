namespace Pyrite.Kernels.Flat;

/// <summary>Straight-line code of a small program.</summary>
/// <param name="addresses">Where a table of the addresses of outside tensors stands.</param>
internal delegate void FlatFunction(nint addresses);
