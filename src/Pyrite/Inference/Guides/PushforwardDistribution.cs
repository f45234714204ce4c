namespace Pyrite.Inference.Guides;

/// <summary>Draws of a distribution on the reals, mapped onto a support: as <see cref="TransformedDistribution"/>, but its own draw is scored without
/// any search of the support.</summary>
/// <param name="source">The distribution on the reals, with the event axes of the map.</param>
/// <param name="map">The map; its log-determinant may need fewer event axes than the source has.</param>
/// <param name="batch">The batch shape of the result.</param>
/// <param name="events">The event shape of the result.</param>
internal sealed class PushforwardDistribution(Distribution source, Transform map, Shape batch, Shape events)
    : Distribution(batch, events, validate: false)
{
    private Tensor? drawn;
    private Tensor? origin;

    public override Constraint Support => Constraints.Independent(map.Codomain, EventShape.Rank - map.Codomain.EventRank);

    public override bool HasReparameterizedSample => source.HasReparameterizedSample;

    public override DType DType => source.DType;

    public override IReadOnlyList<DistributionParameter> Parameters => source.Parameters;

    protected override Tensor Draw(RandomKey key, Shape shape)
    {
        Shape leading = shape[..(shape.Rank - BatchShape.Rank - EventShape.Rank)];
        origin = source.Sample(key, leading);
        return drawn = map.Forward(origin);
    }

    protected override Tensor LogDensity(Tensor value)
    {
        Tensor x = ReferenceEquals(value, drawn) ? origin! : map.Inverse(value);
        Tensor change = map.LogAbsDetJacobian(x, value);
        for (int more = source.EventShape.Rank - map.Domain.EventRank; more > 0; more--)
        {
            change = change.Sum(-1);
        }
        return source.LogProb(x) - change;
    }

    protected override Tensor Evaluate(Tensor value) => LogDensity(value);
}
