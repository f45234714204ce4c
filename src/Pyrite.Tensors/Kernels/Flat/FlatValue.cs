namespace Pyrite.Kernels.Flat;

/// <summary>A tensor in straight-line code: fixed memory, or an entry of the table of outside addresses.</summary>
/// <param name="Address">Where its elements stand; 0 if outside.</param>
/// <param name="Slot">The entry of the table; -1 if in fixed memory.</param>
/// <param name="Count">Elements.</param>
/// <param name="Type">Element type.</param>
internal readonly record struct FlatValue(nint Address, int Slot, int Count, DType Type)
{
    /// <summary>Whether this is a single real number, which code keeps in a register.</summary>
    public bool IsNumber => Count == 1 && Type.IsFloatingPoint;
}
