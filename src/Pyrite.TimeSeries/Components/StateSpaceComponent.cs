using Pyrite.Components;

namespace Pyrite;

/// <summary>A part of a series that is a state of its own: a level, a trend, a season, a cycle. Parts add up with <c>+</c>.</summary>
/// <remarks>Scales are standard deviations in the units of the series; 0 is allowed, and means that the part does not change. Scalars make one model,
/// scales of shape [..] a batch.</remarks>
public abstract class StateSpaceComponent
{
    private protected StateSpaceComponent()
    {
    }

    /// <summary>How many states the part has.</summary>
    public abstract int StateCount { get; }

    /// <summary>The matrices of the part.</summary>
    internal abstract ComponentParts Parts { get; }

    /// <summary>The sum of two parts.</summary>
    /// <param name="first">A part.</param>
    /// <param name="second">A part.</param>
    public static StateSpaceComponents operator +(StateSpaceComponent first, StateSpaceComponent second) => Add(first, second);

    /// <summary>The sum of two parts.</summary>
    /// <param name="first">A part.</param>
    /// <param name="second">A part.</param>
    public static StateSpaceComponents Add(StateSpaceComponent first, StateSpaceComponent second) => new([first, second]);

    /// <summary>The model of this part alone.</summary>
    /// <param name="steps">The number of observations.</param>
    /// <param name="present">Which observations count, Bool [.., steps] or [.., steps, 1]; all if not given.</param>
    /// <param name="convention">Which constant a diffuse start brings.</param>
    /// <param name="validate">Whether values are checked.</param>
    public LinearGaussianStateSpace ToStateSpace(int steps, Tensor? present = null, DiffuseConvention convention = DiffuseConvention.Limit,
        bool validate = true) => new StateSpaceComponents([this]).ToStateSpace(steps, present, convention, validate);
}
