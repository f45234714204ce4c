namespace Pyrite.Kernels.Tiles;

/// <summary>Compiled code of a register tile; the argument is the address of a <see cref="TileCall"/>.</summary>
internal delegate void TileFunction(nint call);
