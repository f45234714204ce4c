namespace Pyrite;

/// <summary>Random correlation matrices with density proportional to det(x)^(concentration - 1).</summary>
/// <remarks>Batch shape: that of concentration. Event shape: [dim, dim]. The density is with respect to the entries below the diagonal. Lewandowski, Kurowicka and Joe, 2009.</remarks>
public sealed class LKJ : DerivedDistribution
{
    /// <summary>Makes the distribution.</summary>
    /// <param name="dim">The number of variables; 2 or more.</param>
    /// <param name="concentration">1 gives every correlation matrix the same density; positive.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">A parameter violates its constraint, or shapes do not broadcast.</exception>
    public LKJ(int dim, Tensor concentration, bool validate = true)
        : base(new TransformedDistribution(new LKJCholesky(dim, concentration, validate: false), new CholeskyToCorrelationTransform()), validate)
    {
        Dim = dim;
        Concentration = Declare("concentration", concentration, Constraints.Positive);
    }

    /// <summary>The number of variables; 2 or more.</summary>
    public int Dim { get; }

    /// <summary>1 gives every correlation matrix the same density; positive.</summary>
    public Tensor Concentration { get; }
}
