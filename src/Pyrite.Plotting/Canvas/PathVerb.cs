namespace Pyrite.Plotting.Canvas;

/// <summary>One command of a <see cref="VectorPath"/>; it takes 1, 1, 3 or 0 points.</summary>
internal enum PathVerb : byte
{
    Move,
    Line,
    Curve,
    Close,
}
