namespace Pyrite.Language.Series;

/// <summary>The law of the real numbers that a map takes to draws of another law.</summary>
internal sealed class FreeDistribution : Distribution
{
    private readonly Distribution law;
    private readonly Transform map;

    /// <param name="law">What the images follow.</param>
    /// <param name="map">From the reals onto its support.</param>
    public FreeDistribution(Distribution law, Transform map)
        : base(law.BatchShape, map.InverseShape(law.BatchShape + law.EventShape)[law.BatchShape.Rank..], law.Validate) =>
        (this.law, this.map) = (law, map);

    /// <inheritdoc/>
    public override Constraint Support => Constraints.Independent(Constraints.Real, EventShape.Rank);

    /// <inheritdoc/>
    public override bool HasReparameterizedSample => law.HasReparameterizedSample;

    /// <inheritdoc/>
    public override DType DType => law.DType;

    /// <inheritdoc/>
    public override string Name => law.Name;

    /// <inheritdoc/>
    protected override IReadOnlyList<Distribution> Parts => [law];

    /// <inheritdoc/>
    public override Distribution Expand(Shape batchShape) =>
        batchShape == BatchShape ? this : new FreeDistribution(law.Expand(batchShape), map);

    /// <inheritdoc/>
    protected override Tensor Draw(RandomKey key, Shape shape)
    {
        Shape sample = shape[..(shape.Rank - BatchShape.Rank - EventShape.Rank)];
        return map.Inverse(law.Sample(key, sample));
    }

    /// <inheritdoc/>
    protected override Tensor LogDensity(Tensor value)
    {
        Tensor image = map.Forward(value);
        Tensor change = map.LogAbsDetJacobian(value, image);
        int axes = EventShape.Rank - map.Domain.EventRank;
        return law.LogProb(image) + (axes == 0 ? change : change.Sum([.. Enumerable.Range(-axes, axes)]));
    }
}
