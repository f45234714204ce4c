namespace Pyrite;

/// <summary>A rule by which warm-up finds the step size at which the average acceptance probability is the wanted one.</summary>
/// <remarks>The rule holds settings only; what it remembers are numbers that go in and come out. Derive from it for a rule of your own; override
/// <c>ToString</c> where it has settings.</remarks>
public abstract class StepSizeAdaptation
{
    /// <summary>Dual averaging as in Stan; see <see cref="Pyrite.DualAveraging"/>.</summary>
    public static StepSizeAdaptation DualAveraging { get; } = new DualAveraging();

    /// <summary>How many numbers the rule remembers.</summary>
    public abstract int StateSize { get; }

    /// <summary>Begins, at first and after each window that has changed the metric.</summary>
    /// <param name="state">Room for <see cref="StateSize"/> numbers; what they were before is of no matter.</param>
    /// <param name="stepSize">Where to begin; positive.</param>
    public abstract void Restart(Span<double> state, double stepSize);

    /// <summary>Learns from a transition.</summary>
    /// <param name="state">What the rule remembers; changed.</param>
    /// <param name="acceptanceProbability">The transition's average acceptance probability; more than 1 counts as 1, NaN as 0.</param>
    /// <param name="target">The wanted one, between 0 and 1.</param>
    public abstract void Update(Span<double> state, double acceptanceProbability, double target);

    /// <summary>The step size to try next.</summary>
    /// <param name="state">What the rule remembers.</param>
    public abstract double Current(ReadOnlySpan<double> state);

    /// <summary>The step size to keep when warm-up ends.</summary>
    /// <param name="state">What the rule remembers.</param>
    public abstract double Settled(ReadOnlySpan<double> state);
}
