namespace Pyrite;

/// <summary>The elements of a lifted tensor were read, which stands for many tensors at once and has no single value.</summary>
public sealed class LiftedReadException : InvalidOperationException
{
    internal LiftedReadException(Shape shape, IReadOnlyList<HiddenAxis> axes)
        : base($"A tensor of shape {shape} that depends on {string.Join(", ", axes.Select(axis => $"\"{axis}\""))} was read, but it stands for all "
            + "values at once. Compute with tensors, for example Tensor.Where(z > 0, a, b), instead of Item(), ToArray, or if.") =>
        Axes = axes;

    /// <summary>What the tensor depends on.</summary>
    public IReadOnlyList<HiddenAxis> Axes { get; }
}
