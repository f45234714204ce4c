namespace Pyrite;

/// <summary>A metric being estimated from the positions of a warm-up window; see <see cref="MetricStructure.Begin"/>.</summary>
public abstract class MetricEstimate
{
    /// <summary>Adds a position.</summary>
    /// <param name="position">Unconstrained numbers.</param>
    public abstract void Add(ReadOnlySpan<double> position);

    /// <summary>The metric of the positions so far: the window has ended. A metric that is not made by <see cref="Metric.Diagonal"/> or
    /// <see cref="Metric.Dense"/> is also written into the record of the chain, for <see cref="MetricStructure.Read"/>.</summary>
    public abstract Metric Metric();

    /// <summary>Forgets all positions: the next window begins.</summary>
    public abstract void Clear();
}
