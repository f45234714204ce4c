namespace Pyrite.Benchmarks;

/// <summary>One measurement that a user runs by name.</summary>
/// <remarks>A benchmark is one file: derive, then add it to <see cref="BenchmarkRegistry"/>. It takes a minute at most.</remarks>
internal abstract class Benchmark
{
    /// <summary>What follows <c>--</c> on the command line: lower case, words joined by hyphens.</summary>
    public abstract string Name { get; }

    /// <summary>One line for the list of benchmarks: what is measured and the options it takes.</summary>
    public abstract string Description { get; }

    /// <summary>Why it cannot run here; null if it can.</summary>
    public virtual string? ReasonToSkip => null;

    /// <summary>Whether its rows are those of other benchmarks, so that a run of all leaves it out.</summary>
    public virtual bool IsGroup => false;

    /// <summary>Measures, and returns the rows of the table.</summary>
    public abstract BenchmarkReport Run(BenchmarkOptions options);
}
