namespace Pyrite;

/// <summary>Which of several independent runs inside a step, a particle's or a shard's, the operations of this thread belong to: a hint by which
/// plans spread them over threads.</summary>
/// <param name="Kind">What the run is one of.</param>
/// <param name="Number">Its number, from 0.</param>
/// <remarks>Results do not depend on it; what really is independent is read off the operations themselves.</remarks>
public readonly record struct StepRun(StepRunKind Kind, int Number)
{
    [ThreadStatic]
    private static StepRun current;

    /// <summary>No run.</summary>
    public static StepRun None => default;

    /// <summary>The present run of this thread.</summary>
    public static StepRun Current => current;

    /// <summary>The run of a particle.</summary>
    /// <param name="number">From 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public static StepRun Particle(int number) => Of(StepRunKind.Particle, number);

    /// <summary>The run of a shard.</summary>
    /// <param name="number">From 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public static StepRun Shard(int number) => Of(StepRunKind.Shard, number);

    /// <summary>Says to which run the operations belong until the scope is disposed.</summary>
    /// <param name="run">The run, or <see cref="None"/>.</param>
    public static Scope Begin(StepRun run)
    {
        Scope scope = new(current);
        current = run;
        return scope;
    }

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(this);

    private static StepRun Of(StepRunKind kind, int number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        return new StepRun(kind, number);
    }

    /// <summary>Restores the earlier run when disposed.</summary>
    public readonly ref struct Scope : IDisposable
    {
        private readonly StepRun earlier;

        internal Scope(StepRun earlier) => this.earlier = earlier;

        /// <summary>Ends the scope.</summary>
        public void Dispose() => current = earlier;
    }
}
