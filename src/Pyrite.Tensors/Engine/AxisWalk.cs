namespace Pyrite.Engine;

/// <summary>How one axis of a result walks an axis of its input: from a start, with a step (0 repeats, negative runs backwards), for a number of
/// elements.</summary>
internal readonly record struct AxisWalk(int Source, int Start, int Step, int Count);
