namespace Pyrite.Kernels.Emit;

/// <summary>Where a value of compiled code stands.</summary>
/// <param name="Base">What the position counts from.</param>
/// <param name="Position">Bytes from there; of a given tensor, the entry of the address table.</param>
/// <param name="Tail">Of a given tensor, the entry with the address of its last partial vector, which has room for a whole one; -1
/// where loops end with a whole vector.</param>
internal sealed record Place(PlaceBase Base, long Position, int Tail = -1);
