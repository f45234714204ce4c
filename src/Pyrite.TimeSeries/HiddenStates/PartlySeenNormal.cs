namespace Pyrite.HiddenStates;

/// <summary>Gaussian vectors of which some components are missing, [.., T, K] of them: what is missing is integrated out.</summary>
/// <remarks>The covariance of the components that are there, with ones on the diagonal for the others, whose deviations are 0: they add nothing but
/// -½ log 2π each, which is taken off.</remarks>
internal sealed class PartlySeenNormal : Distribution
{
    private readonly Tensor seen;
    private readonly Tensor factor;
    private readonly MultivariateNormal whole;

    public PartlySeenNormal(Tensor loc, Tensor covariance, Tensor present, int steps, bool validate)
        : base(BatchOf(loc, covariance, present, steps), [loc.Shape[^1]], validate)
    {
        whole = new MultivariateNormal(Declare("loc", loc, Constraints.RealVector),
            covarianceMatrix: Declare("covariance", covariance, Constraints.PositiveDefinite), validate: false);

        // [T, 1, D], to broadcast over the states.
        seen = present.Unsqueeze(-2);
        Support = new NumbersWhereSeen(seen);
        Tensor both = seen.Unsqueeze(-1) & seen.Unsqueeze(-2);
        factor = Tensor.Where(both, covariance, Tensor.Identity(loc.Shape[^1], covariance.DType)).CholeskyFactor();
    }

    public override Constraint Support { get; }

    protected override Tensor Draw(RandomKey key, Shape shape) => whole.Expand(shape[..^1]).Sample(key);

    protected override Tensor LogDensity(Tensor value)
    {
        Tensor deviations = Tensor.Where(seen, value - whole.Loc, 0), missing = (!seen).To(deviations.DType).Sum(-1);
        Tensor density = new MultivariateNormal(Tensor.Zeros([EventShape[0]], deviations.DType), scaleTril: factor,
            validate: false).LogProb(deviations);
        return density + (0.5 * Math.Log(2 * Math.PI) * missing);
    }

    /// <summary>Vectors that are numbers where something is seen, and anything elsewhere.</summary>
    private sealed class NumbersWhereSeen(Tensor seen) : Constraint("real vector with gaps", "a vector of numbers where components are present", 1)
    {
        public override Transform? Bijection => Constraints.RealVector.Bijection;

        public override Tensor Check(Tensor value) => (seen & value.IsNan()).To(DType.Int64).Sum(-1).EqualTo(0);

        protected override Tensor InteriorPoint(Tensor value) => 0;
    }

    private static Shape BatchOf(Tensor loc, Tensor covariance, Tensor present, int steps)
    {
        if (loc.Rank < 2 || covariance.Rank < 3 || covariance.Shape[^1] != loc.Shape[^1] || covariance.Shape[^2] != loc.Shape[^1]
            || present.DType != DType.Bool || present.Shape != [steps, loc.Shape[^1]])
        {
            throw new ArgumentException(
                $"GaussianHmm: found means of shape {loc.Shape}, covariances {covariance.Shape} and present as {present.DType} "
                    + $"{present.Shape}; with K states and "
                    + $"vectors of D numbers they are [K, D], [K, D, D] and Bool [{steps}, D].");
        }
        return Shape.Broadcast(Shape.Broadcast(loc.Shape[..^1], covariance.Shape[..^2]), [steps, 1]);
    }
}
