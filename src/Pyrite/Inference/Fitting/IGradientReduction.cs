namespace Pyrite;

/// <summary>Brings together the losses and gradients of several inferences that share their steps, such as processes that each see a part of the
/// data.</summary>
/// <remarks>A step has three parts: loss and gradients are computed, they are reduced, and the parameters are updated, unless a number is not finite.
/// All that share a step begin with the same parameters, so they must get the same numbers from the reduction, bit by bit; then they stay
/// alike.</remarks>
public interface IGradientReduction
{
    /// <summary>Puts what all agree on, their sums or their means, in the place of one inference's own numbers.</summary>
    /// <param name="step">The number of the step, from 0.</param>
    /// <param name="numbers">The loss; and 1 where the loss or a gradient is not finite, else 0, by which all skip the step together.</param>
    /// <param name="gradients">The gradients of all parameters that the step has met, in the order in which it met them.</param>
    void Reduce(long step, Span<double> numbers, GradientBlock gradients);
}
