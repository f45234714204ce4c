using Pyrite.Stepping;

namespace Pyrite;

/// <summary>A method that solves differential equations, with its tolerances: <see cref="Tsit5"/>, or <see cref="Rodas5"/> for stiff ones.</summary>
/// <remarks>A step is accepted where the root of the mean square, over all components, of error / (absolute + relative · |y|) is at most 1.</remarks>
public abstract class OdeSolver
{
    private protected OdeSolver()
    {
    }

    /// <summary>The relative tolerance of a step; above 0 and below 1, 1e-6 at first.</summary>
    /// <remarks>The error of the solution is often ten to a hundred times larger.</remarks>
    public double RelativeTolerance { get; init; } = 1e-6;

    /// <summary>The absolute tolerance of a step, in the units of the state: a number, or a tensor that broadcasts to the state's shape for
    /// components of different sizes; 1e-6 at first. Zero where the relative one shall count alone.</summary>
    public Tensor AbsoluteTolerance { get; init; } = 1e-6;

    /// <summary>How many steps may be tried in one solve, those that are thrown away included; at least 1, 10,000 at first.</summary>
    /// <remarks>A solve that needs more is refused (<see cref="OdeException"/>); in a density the point is rejected. So a sampler that wanders into
    /// parameters where the equation is hopelessly stiff goes on instead of standing still.</remarks>
    public int MaxSteps { get; init; } = 10_000;

    /// <summary>The length of the first step that is tried, in the units of time; null, as at first, for a choice by the slope.</summary>
    public double? FirstStep { get; init; }

    internal abstract bool IsStiff { get; }

    /// <summary>What the steps need to know.</summary>
    /// <exception cref="ArgumentException">A setting is out of range.</exception>
    internal StepSettings Settings()
    {
        Require(RelativeTolerance is > 0 and < 1, $"RelativeTolerance is {RelativeTolerance}; it must lie between 0 and 1, both excluded.");
        Require(MaxSteps >= 1, $"MaxSteps is {MaxSteps}; at least one step must be allowed.");
        Require(FirstStep is null or (> 0 and < double.PositiveInfinity), $"FirstStep is {FirstStep}; it must be positive, or null.");
        return new StepSettings(IsStiff, RelativeTolerance, MaxSteps, FirstStep ?? 0);
    }

    /// <summary>The absolute tolerances for a state.</summary>
    /// <exception cref="ArgumentException">They do not broadcast to the state's shape.</exception>
    internal Tensor AbsoluteFor(Shape state)
    {
        ArgumentNullException.ThrowIfNull(AbsoluteTolerance);
        Tensor tolerance = AbsoluteTolerance.To(DType.Float64).Detach();
        try
        {
            return tolerance.BroadcastTo(state);
        }
        catch (ArgumentException refusal)
        {
            throw new ArgumentException(
                $"{GetType().Name}: AbsoluteTolerance has shape {tolerance.Shape}, which does not broadcast to the state's shape {state}.", refusal);
        }
    }

    private void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new ArgumentException($"{GetType().Name}: {otherwise}");
        }
    }
}
