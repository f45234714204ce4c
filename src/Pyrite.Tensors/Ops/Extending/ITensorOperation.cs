using System.Numerics;

namespace Pyrite;

/// <summary>An operation on whole tensors with its shape rule and its gradients: implement it in a <c>readonly record struct</c> whose fields are its
/// attributes, and apply it with <c>Tensor.Apply(operation, inputs)</c>.</summary>
/// <remarks>
/// For work that is neither element-wise (<see cref="IElementFunction"/>) nor to be written in other operations (<see cref="CustomGradient"/>).
/// Recorded steps replay an operation whose attributes are equal and whose inputs have the same shapes, so the result must follow from attributes and
/// inputs alone: no clock, no counter, no random numbers but those of an input.
/// </remarks>
public interface ITensorOperation
{
    /// <summary>The name that errors and <see cref="ExecutionPlan"/> show, in lower case.</summary>
    string Name { get; }

    /// <summary>How many last axes of the result belong together, where the entries of the axes before them depend on the same entries of each input
    /// alone; null where entries mix.</summary>
    /// <remarks>Where a mask leaves an entry out, its gradients are then 0 whatever numbers stand there.</remarks>
    int? EntryRank => null;

    /// <summary>The shape of the result.</summary>
    /// <param name="inputs">The shapes of the inputs.</param>
    /// <exception cref="ArgumentException">The shapes do not fit: say what was expected and what was found.</exception>
    Shape ResultShape(ReadOnlySpan<Shape> inputs);

    /// <summary>Computes the result.</summary>
    /// <param name="inputs">The numbers of the inputs, with the last axis fastest.</param>
    /// <param name="result">The numbers of the result, with the last axis fastest; 0 everywhere before.</param>
    /// <typeparam name="T">Float32 or Float64, for all inputs and the result.</typeparam>
    void Compute<T>(OperationInputs<T> inputs, Span<T> result) where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>The gradient for one input, written in operations of tensors.</summary>
    /// <param name="inputs">The inputs.</param>
    /// <param name="output">The result.</param>
    /// <param name="upstream">The gradient for the result, of its shape.</param>
    /// <param name="input">Which input.</param>
    /// <returns>Of the input's shape; null where it is 0 everywhere.</returns>
    Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input);
}
