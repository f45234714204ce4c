using Pyrite.Functions;
using Pyrite.Functions.Quantiles;
using Pyrite.Supports;

namespace Pyrite;

/// <summary>A mixture of distributions of one family: the last batch axis of the components is mixed over.</summary>
/// <remarks>Batch shape: that of the components without its last axis. Draws pick a component; of single real numbers with a
/// distribution function they are reparameterized implicitly (Figurnov et al., 2018), else they are not differentiable.</remarks>
public sealed class MixtureSameFamily : Distribution
{
    /// <summary>Mixes the components.</summary>
    /// <param name="mixing">The chance of each component.</param>
    /// <param name="components">The components, batch shape [.., K].</param>
    /// <param name="validate">Whether values are checked.</param>
    /// <exception cref="ArgumentException">The number of categories is not the size of the components' last batch axis.</exception>
    public MixtureSameFamily(Categorical mixing, Distribution components, bool validate = true)
        : base(Batch(mixing, components), components.EventShape, validate)
    {
        Mixing = mixing;
        Components = components;
    }

    /// <summary>The chance of each component.</summary>
    public Categorical Mixing { get; }

    /// <summary>The components.</summary>
    public Distribution Components { get; }

    /// <inheritdoc/>
    protected override IReadOnlyList<Distribution> Parts => [Mixing, Components];

    internal override int ExtraAxesOf(Distribution part) => ReferenceEquals(part, Components) ? 1 : 0;

    /// <inheritdoc/>
    public override bool IsCircular => Components.IsCircular;

    /// <inheritdoc/>
    public override Constraint Support => new AnyComponentConstraint(Components.Support);

    /// <inheritdoc/>
    public override bool HasReparameterizedSample => HasDistributionFunction && !IsDiscrete;

    /// <inheritdoc/>
    public override DType DType => GivenType ?? Components.DType;

    internal override DType? GivenType => Widest(Mixing.GivenType, Components.GivenType);

    /// <inheritdoc/>
    public override IReadOnlyList<DistributionParameter> Parameters => [.. Mixing.Parameters, .. Components.Parameters];

    internal override Tensor InScoredType(Tensor value) => InOwnType(value);

    internal override bool HasDistributionFunction => Components.HasDistributionFunction;

    /// <inheritdoc/>
    public override Tensor Mean => Average(Components.Mean);

    /// <inheritdoc/>
    public override Tensor Variance => Average(Components.Variance) + Average((Components.Mean - Mean.Unsqueeze(-1 - EventShape.Rank)).Square());

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) => (Mixing.Probs * Components.Cdf(x.Unsqueeze(-1))).Sum(-1);

    /// <inheritdoc/>
    public override Tensor SurvivalFunction(Tensor x) => (Mixing.Probs * Components.SurvivalFunction(x.Unsqueeze(-1))).Sum(-1);

    /// <inheritdoc/>
    public override Tensor LogCdf(Tensor x) => (Mixing.Logits + Components.LogCdf(x.Unsqueeze(-1))).LogSumExpOverLast();

    /// <inheritdoc/>
    public override Tensor LogSurvivalFunction(Tensor x) => (Mixing.Logits + Components.LogSurvivalFunction(x.Unsqueeze(-1))).LogSumExpOverLast();

    internal override Distribution? Widened => new MixtureSameFamily((Categorical)Mixing.Widened!, Components.Widened ?? Components, validate: false);

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape)
    {
        Shape batch = shape[..(shape.Rank - EventShape.Rank)];
        Tensor choice = Mixing.Draw(key.Child("component"), batch);
        Tensor draws = Components.Draw(key.Child("value"), batch + [Mixing.CategoryCount] + EventShape);
        Tensor chosen = choice.Unsqueeze(-1).EqualTo(Tensor.Range(Mixing.CategoryCount));
        for (int i = 0; i < EventShape.Rank; i++)
        {
            chosen = chosen.Unsqueeze(-1);
        }
        Tensor picked = Tensor.Where(chosen, draws, 0).Sum(-1 - EventShape.Rank);
        return HasReparameterizedSample ? RealQuantiles.Attach(this, picked) : picked;
    }

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value)
    {
        Tensor spread = value.Unsqueeze(-1 - EventShape.Rank);
        return Components.ScoreAnywhereBesideZero(spread) is { } beside
            ? beside.MixedBy(Mixing.Logits)
            : (Mixing.Logits + Components.ScoreAnywhere(spread)).LogSumExpOverLast();
    }

    private Tensor Average(Tensor quantity)
    {
        Tensor weights = Mixing.Probs;
        for (int i = 0; i < EventShape.Rank; i++)
        {
            weights = weights.Unsqueeze(-1);
        }
        return Probability.Weighed(weights, quantity).Sum(-1 - EventShape.Rank).BroadcastTo(BatchShape + EventShape);
    }

    private static Shape Batch(Categorical mixing, Distribution components)
    {
        if (components.BatchShape.Rank == 0 || components.BatchShape[^1] != mixing.CategoryCount)
        {
            throw new ArgumentException(
                $"MixtureSameFamily: {mixing.CategoryCount} chances were given; the last batch axis of {components.Name} with batch "
                    + $"shape {components.BatchShape} must have that size.", nameof(components));
        }
        return Shape.Broadcast(mixing.BatchShape, components.BatchShape[..^1]);
    }
}
