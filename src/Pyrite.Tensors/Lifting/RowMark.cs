namespace Pyrite.Lifting;

/// <summary>Says of a stretch of places that they are the rows of a hidden axis: each depends on its own row alone.</summary>
/// <param name="Axis">The hidden axis.</param>
/// <param name="Plate">The plate of the rows.</param>
internal readonly record struct RowMark(HiddenAxis Axis, string Plate);
