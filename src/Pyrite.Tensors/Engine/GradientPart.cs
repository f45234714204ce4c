namespace Pyrite.Engine;

/// <summary>The gradient of a part of a tensor.</summary>
/// <param name="Name">The operation that read the part.</param>
/// <param name="Gradient">The gradient, of the shape that the places have.</param>
/// <param name="Places">Which elements of the tensor it belongs to; each of them once.</param>
/// <param name="Shape">The shape of the whole tensor.</param>
internal sealed record GradientPart(string Name, Tensor Gradient, AxisWalk[] Places, Shape Shape);
