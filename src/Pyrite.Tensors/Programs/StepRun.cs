namespace Pyrite;

/// <summary>Which of several independent runs inside a step (a particle's) the operations of this thread belong to: a hint by which plans spread
/// them over threads.</summary>
/// <param name="Number">From 0; -1 for no run.</param>
/// <remarks>Results do not depend on it; what really is independent is read off the operations themselves.</remarks>
public readonly record struct StepRun(int Number)
{
    [ThreadStatic]
    private static int currentPlusOne;

    /// <summary>No run.</summary>
    public static StepRun None => new(-1);

    /// <summary>The present run of this thread.</summary>
    public static StepRun Current => new(currentPlusOne - 1);

    /// <summary>Says to which run the operations belong until the scope is disposed.</summary>
    /// <param name="run">The run, or <see cref="None"/>.</param>
    public static Scope Begin(StepRun run)
    {
        Scope scope = new(currentPlusOne);
        currentPlusOne = run.Number + 1;
        return scope;
    }

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(this);

    /// <summary>Restores the earlier run when disposed.</summary>
    public readonly ref struct Scope : IDisposable
    {
        private readonly int earlier;

        internal Scope(int earlier) => this.earlier = earlier;

        /// <summary>Ends the scope.</summary>
        public void Dispose() => currentPlusOne = earlier;
    }
}
