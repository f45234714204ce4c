using Pyrite.Functions;
using Pyrite.Functions.Preimages;

namespace Pyrite;

/// <summary>Gaussian values on the nodes of a graph, each drawn towards the mean of its neighbours: the conditional autoregressive (CAR) prior of
/// maps.</summary>
/// <remarks>Precision matrix conditionalPrecision · (D - correlation · A), D the diagonal of neighbour counts. Batch shape: broadcast of the
/// parameters. Event shape: [n]. Draws are reparameterized.</remarks>
public sealed class GaussianMarkovRandomField : Distribution
{
    private static readonly double HalfLogTwoPi = 0.5 * Math.Log(2 * Math.PI);

    /// <summary>Makes the distribution.</summary>
    /// <param name="loc">The mean, [.., n].</param>
    /// <param name="correlation">How strongly neighbours hang together; between -1 and 1; at either the precision may be singular, and the score is
    /// no number.</param>
    /// <param name="conditionalPrecision">The precision of a node given one neighbour; positive.</param>
    /// <param name="adjMatrix">A, [n, n]; symmetric, 1 for neighbours and 0 elsewhere; every node needs a neighbour.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">A parameter violates its constraint, or shapes do not fit.</exception>
    public GaussianMarkovRandomField(Tensor loc, Tensor correlation, Tensor conditionalPrecision, Tensor adjMatrix, bool validate = true)
        : base(Shape.Broadcast(loc.Shape[..^1], correlation.Shape, conditionalPrecision.Shape), adjMatrix.Shape[^1..], validate)
    {
        Loc = Declare("loc", loc, Constraints.RealVector);
        Correlation = Declare("correlation", correlation, Constraints.Interval(-1, 1));
        ConditionalPrecision = Declare("conditionalPrecision", conditionalPrecision, Constraints.Positive);
        AdjacencyMatrix = Declare("adjMatrix", adjMatrix, Constraints.Independent(Constraints.NonNegative, 2));
    }

    /// <summary>The mean.</summary>
    public Tensor Loc { get; }

    /// <summary>How strongly neighbours hang together.</summary>
    public Tensor Correlation { get; }

    /// <summary>The precision of a node given one neighbour.</summary>
    public Tensor ConditionalPrecision { get; }

    /// <summary>Which nodes are neighbours.</summary>
    public Tensor AdjacencyMatrix { get; }

    /// <inheritdoc/>
    public override Constraint Support => Constraints.RealVector;

    /// <inheritdoc/>
    public override bool HasReparameterizedSample => true;

    /// <inheritdoc/>
    public override Tensor Mean => Loc.BroadcastTo(BatchShape + EventShape);

    /// <inheritdoc/>
    public override Tensor Variance =>
        (PrecisionFactor().InverseOfLower().Square().Sum(-2) / ConditionalPrecision.OverEvent()).BroadcastTo(BatchShape + EventShape);

    /// <inheritdoc/>
    public override Tensor Mode => Mean;

    /// <inheritdoc/>
    public override Tensor Entropy() =>
        OverBatch((EventShape[0] * (0.5 + HalfLogTwoPi - (0.5 * ConditionalPrecision.Log()))) - PrecisionFactor().Diagonal().Log().Sum(-1));

    internal override Distribution? Widened =>
        new GaussianMarkovRandomField(Loc.Widened, Correlation.Widened, ConditionalPrecision.Widened, AdjacencyMatrix.Widened, validate: false);

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape) =>
        Loc + (PrecisionFactor().SolveLower(key.Normal(shape, DType), transposed: true) / ConditionalPrecision.Sqrt().OverEvent());

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value)
    {
        // At 1 no density is left, since the determinant is 0 like 1 - correlation.
        Tensor correlation = Correlation.Like(value);
        Tensor isSingular = correlation.EqualTo(1);
        Tensor determinant = 0.5 * Tensor.Where(isSingular, 1 - correlation, 1).Log();
        Tensor factor = PrecisionFactor(Tensor.Where(isSingular, 0, correlation));
        Tensor distance = factor.Transpose().MatMul((value - Loc).Unsqueeze(-1)).Squeeze(-1).Square().Sum(-1);
        double size = EventShape[0];
        return (0.5 * size * ConditionalPrecision.Log()) + determinant + factor.Diagonal().Log().Sum(-1) - (size * HalfLogTwoPi)
            - (0.5 * ConditionalPrecision * distance);
    }

    /// <summary>The Cholesky factor of D - correlation · A.</summary>
    private Tensor PrecisionFactor(Tensor? correlation = null)
    {
        Tensor neighbours = AdjacencyMatrix.Sum(-1);
        Tensor diagonal = Tensor.Identity(EventShape[0], DType) * neighbours.Unsqueeze(-1);
        return (diagonal - ((correlation ?? Correlation).OverEvent(2) * AdjacencyMatrix)).CholeskyFactor();
    }
}
