namespace Pyrite.Language.Series;

/// <summary>The joint law of what the rounds of a loop over time state under one name: time is the first axis of its events, because a round depends
/// on those before.</summary>
/// <remarks>Its density for a value is the sum over the rounds of the densities of that value's slices, each given what the other sites of the loop
/// were and what the rounds before have left behind.</remarks>
internal sealed class SeriesDistribution : Distribution
{
    private readonly SeriesSite site;
    private readonly SeriesLoop loop;

    /// <param name="site">The site.</param>
    /// <param name="loop">The loop.</param>
    /// <param name="batch">The plates' shape.</param>
    /// <param name="events">The rounds, or the entries that are latent, and the shape of a round's events.</param>
    public SeriesDistribution(SeriesSite site, SeriesLoop loop, Shape batch, Shape events)
        : base(batch, events, site.Law.Validate)
    {
        (this.site, this.loop) = (site, loop);
        (HasReparameterizedSample, IsCircular, Name, DType) = (site.Law.HasReparameterizedSample, site.Law.IsCircular, site.Law.Name, site.Law.DType);
        Support = Constraints.Independent(site.FixedSupport
            ?? Constraints.Independent(site.Law.IsDiscrete ? Constraints.Integer : Constraints.Real, site.Event.Rank), 1);
    }

    /// <inheritdoc/>
    public override Constraint Support { get; }

    /// <inheritdoc/>
    public override bool HasReparameterizedSample { get; }

    /// <inheritdoc/>
    public override bool IsCircular { get; }

    /// <inheritdoc/>
    public override string? PointMasses => site.Law.PointMassesWithin;

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override DType DType { get; }

    /// <summary>What a round follows.</summary>
    public Distribution Law => site.Law;

    /// <summary>What to do about a latent of whole numbers.</summary>
    public string DiscreteRemedy => $"It is stated in the rounds of \"{loop.Name}\": leave Enumerate.Never out, so that its values are summed out "
        + "round by round; or carry the log-probabilities of its states, for example (state.Unsqueeze(-1) + transition).LogSumExp(0) + scores, and "
        + "add the LogSumExp of the last ones with Factor.";

    /// <summary>A path through the middle: each round's latents take the mean of what they follow after the rounds before.</summary>
    public Tensor Center(RandomKey key) => loop.Draw(site, key, isCentral: true);

    /// <inheritdoc/>
    protected override Tensor Draw(RandomKey key, Shape shape)
    {
        Shape sample = shape[..(shape.Rank - BatchShape.Rank - EventShape.Rank)];
        if (sample.Rank == 0)
        {
            return loop.Draw(site, key, isCentral: false);
        }
        Tensor[] draws = [.. Enumerable.Range(0, checked((int)sample.Count)).Select(i => loop.Draw(site, key.Child(i), isCentral: false))];
        return Tensor.Stack(draws).Reshape(shape);
    }

    /// <inheritdoc/>
    protected override Tensor LogDensity(Tensor value) => Evaluate(value);

    /// <inheritdoc/>
    protected override Tensor Evaluate(Tensor value) => loop.Score(site, value);
}
