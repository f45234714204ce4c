using Pyrite.Inference.Samplers.Metrics;

namespace Pyrite;

/// <summary>Which metric warm-up estimates from the positions of its windows.</summary>
/// <remarks>Derive from it to estimate metrics of your own. Override <c>ToString</c> where it has settings: a run that is resumed with another text
/// than it was saved with is refused.</remarks>
public abstract class MetricStructure
{
    /// <summary>Variances only. Cheap, and right for most models.</summary>
    public static MetricStructure Diagonal { get; } = new BlockStructure([]);

    /// <summary>All correlations: for few, strongly correlated parameters.</summary>
    public static MetricStructure Dense { get; } = new BlockStructure(null);

    /// <summary>Correlations among the numbers of some sites; all other numbers have variances only.</summary>
    /// <param name="sites">Groups of names of latent sites; a site may be in one group.</param>
    public static MetricStructure Blocks(params string[][] sites) => new BlockStructure(sites);

    /// <summary>An estimate of one chain.</summary>
    /// <param name="potential">What the chain samples from.</param>
    /// <param name="learnt">The record of the chain. What the estimate has to remember stands there (<see cref="StateNumbers.Room"/>), so that a
    /// chain that is saved in the middle of a window goes on with the same bits.</param>
    /// <exception cref="ArgumentException">The structure does not suit the potential.</exception>
    /// <exception cref="InvalidDataException">The record was read and lacks numbers of the estimate.</exception>
    protected internal abstract MetricEstimate Begin(Potential potential, StateNumbers learnt);

    /// <summary>The metric that an estimate has written into the record; null where none has yet. Metrics made by <see cref="Metric.Diagonal"/> and
    /// <see cref="Metric.Dense"/> need no care.</summary>
    /// <param name="learnt">The record of a chain.</param>
    /// <param name="dimension">The number of unconstrained numbers.</param>
    /// <exception cref="InvalidDataException">The numbers are no metric.</exception>
    protected internal virtual Metric? Read(StateNumbers learnt, int dimension) => null;
}
