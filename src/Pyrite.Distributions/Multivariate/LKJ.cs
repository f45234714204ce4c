using Pyrite.Functions;
using Pyrite.Functions.Matrices;
using Pyrite.Functions.Preimages;

namespace Pyrite;

/// <summary>Random correlation matrices with density proportional to det(x)^(concentration - 1).</summary>
/// <remarks>Batch shape: that of concentration. Event shape: [dim, dim]. The density is with respect to the entries below the diagonal. Lewandowski,
/// Kurowicka and Joe, 2009.</remarks>
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

    /// <inheritdoc/>
    public override Constraint Support => Constraints.CorrelationMatrix;

    internal override bool ScoresImages => true;

    /// <summary>The identity: by symmetry correlations of either sign are equally likely.</summary>
    public override Tensor Mean => Tensor.Identity(Dim, DType).BroadcastTo(BatchShape + EventShape);

    /// <summary>1 / (2 concentration + dim - 1) off the diagonal, since (r + 1) / 2 is Beta(b, b) with b = concentration - 1 + dim / 2.</summary>
    public override Tensor Variance =>
        Tensor.Where(Triangles.Masks(Dim).Diagonal, 0, (1 / ((2 * Concentration) + (Dim - 1.0))).OverEvent(2)).BroadcastTo(BatchShape + EventShape);

    /// <summary>The identity for a concentration above 1; NaN where no matrix stands out.</summary>
    public override Tensor Mode => Tensor.Where((Concentration > 1).OverEvent(2), Mean, double.NaN).BroadcastTo(BatchShape + EventShape);

    /// <inheritdoc/>
    public override Tensor Entropy()
    {
        if (HasNarrowParameters)
        {
            return new LKJ(Dim, Concentration.Widened, validate: false).Entropy().To(DType);
        }
        LKJCholesky factor = new(Dim, Concentration, validate: false);
        Tensor logs = factor.ExpectedLogDiagonal;
        double[] powers = [.. Enumerable.Range(0, Dim).Select(i => i == 0 ? 0.0 : Dim - 1 - i)];
        return factor.Entropy() + (logs * Tensor.From(powers).To(DType)).Sum(-1);
    }
}
