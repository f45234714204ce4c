using Pyrite.Functions;
using Pyrite.Functions.Quantiles;
using Pyrite.Supports;

namespace Pyrite;

/// <summary>A mixture of distributions of different families.</summary>
/// <remarks>Batch shape: broadcast of all. Event shape: that of the components, which agree. Draws pick a component; of single real numbers with
/// distribution functions they are reparameterized implicitly. The support holds what some component can give.</remarks>
public sealed class Mixture : Distribution
{
    private readonly Distribution[] components;

    /// <summary>Mixes the components.</summary>
    /// <param name="mixing">The chance of each component.</param>
    /// <param name="components">The components; as many as categories, of one event shape.</param>
    /// <exception cref="ArgumentException">Numbers or event shapes do not agree.</exception>
    public Mixture(Categorical mixing, params ReadOnlySpan<Distribution> components)
        : base(Batch(mixing, components), components[0].EventShape, components[0].Validate)
    {
        Mixing = mixing;
        this.components = components.ToArray();
    }

    /// <summary>The chance of each component.</summary>
    public Categorical Mixing { get; }

    /// <summary>The components.</summary>
    public IReadOnlyList<Distribution> Components => components;

    /// <inheritdoc/>
    protected override IReadOnlyList<Distribution> Parts => [Mixing, .. components];

    /// <inheritdoc/>
    public override bool IsCircular => components.All(component => component.IsCircular);

    /// <inheritdoc/>
    public override Constraint Support => new AnyOfConstraint([.. components.Select(component => component.Support)]);

    /// <inheritdoc/>
    public override bool HasReparameterizedSample => HasDistributionFunction && !IsDiscrete;

    /// <inheritdoc/>
    public override DType DType => GivenType ?? components[0].DType;

    internal override DType? GivenType
    {
        get
        {
            DType? type = Mixing.GivenType;
            foreach (Distribution component in components)
            {
                type = Widest(type, component.GivenType);
            }
            return type;
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<DistributionParameter> Parameters =>
        [.. Mixing.Parameters, .. components.SelectMany(component => component.Parameters)];

    internal override Tensor InScoredType(Tensor value) => InOwnType(value);

    internal override bool HasDistributionFunction => Array.TrueForAll(components, component => component.HasDistributionFunction);

    /// <inheritdoc/>
    public override Tensor Mean => Average(component => component.Mean);

    /// <inheritdoc/>
    public override Tensor Variance
    {
        get
        {
            Tensor mean = Mean;
            return Average(component => component.Variance) + Average(component => (component.Mean - mean).Square());
        }
    }

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) => (Mixing.Probs * Stack(component => component.Cdf(x), Shape.Broadcast(BatchShape, x.Shape))).Sum(-1);

    /// <inheritdoc/>
    public override Tensor SurvivalFunction(Tensor x) =>
        (Mixing.Probs * Stack(component => component.SurvivalFunction(x), Shape.Broadcast(BatchShape, x.Shape))).Sum(-1);

    /// <inheritdoc/>
    public override Tensor LogCdf(Tensor x) =>
        (Mixing.Logits + Stack(component => component.LogCdf(x), Shape.Broadcast(BatchShape, x.Shape))).LogSumExpOverLast();

    /// <inheritdoc/>
    public override Tensor LogSurvivalFunction(Tensor x) =>
        (Mixing.Logits + Stack(component => component.LogSurvivalFunction(x), Shape.Broadcast(BatchShape, x.Shape))).LogSumExpOverLast();

    internal override Distribution? Widened =>
        new Mixture((Categorical)Mixing.Widened!, [.. components.Select(component => component.Widened ?? component)]);

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape)
    {
        Tensor choice = Mixing.Draw(key.Child("component"), shape[..(shape.Rank - EventShape.Rank)]);
        for (int i = 0; i < EventShape.Rank; i++)
        {
            choice = choice.Unsqueeze(-1);
        }
        Tensor result = components[0].Draw(key.Child(0), shape);
        for (int k = 1; k < components.Length; k++)
        {
            result = Tensor.Where(choice.EqualTo(k), components[k].Draw(key.Child(k), shape), result);
        }
        return HasReparameterizedSample ? RealQuantiles.Attach(this, result) : result;
    }

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value)
    {
        Shape scores = Shape.Broadcast(value.Shape[..(value.Rank - EventShape.Rank)], BatchShape);
        BorderScore?[] beside = Array.ConvertAll(components, component => component.ScoreAnywhereBesideZero(value));
        if (Array.TrueForAll(beside, score => score is null))
        {
            return (Mixing.Logits + Stack(component => component.ScoreAnywhere(value), scores)).LogSumExpOverLast();
        }
        Tensor[] own = [.. components.Select((component, i) => (beside[i]?.Score ?? component.ScoreAnywhere(value)).BroadcastTo(scores))];
        Tensor[] rises = [.. own.Select((score, i) => (beside[i]?.Rise ?? Tensor.Zeros(Shape.Scalar, score.DType)).BroadcastTo(scores))];
        Tensor[] distances = [.. own.Select((score, i) => (beside[i]?.Distance ?? Tensor.Zeros(Shape.Scalar, score.DType)).BroadcastTo(scores))];
        return new BorderScore(Tensor.Stack(own, -1), Tensor.Stack(rises, -1), Tensor.Stack(distances, -1)).MixedBy(Mixing.Logits);
    }

    private Tensor Stack(Func<Distribution, Tensor> quantity, Shape shape) =>
        Tensor.Stack([.. components.Select(component => quantity(component).BroadcastTo(shape))], -1);

    private Tensor Average(Func<Distribution, Tensor> quantity)
    {
        Tensor stacked = Tensor.Stack([.. components.Select(component => quantity(component).BroadcastTo(BatchShape + EventShape))], -1);
        Tensor weights = Mixing.Probs;
        for (int i = 0; i < EventShape.Rank; i++)
        {
            weights = weights.Unsqueeze(-2);
        }
        return Probability.Weighed(weights, stacked).Sum(-1);
    }

    private static Shape Batch(Categorical mixing, ReadOnlySpan<Distribution> components)
    {
        if (components.Length != mixing.CategoryCount)
        {
            throw new ArgumentException(
                $"Mixture: {mixing.CategoryCount} chances and {components.Length} components were given; the numbers must agree.",
                    nameof(components));
        }
        Shape batch = mixing.BatchShape;
        foreach (Distribution component in components)
        {
            batch = Shape.Broadcast(batch, component.BatchShape);
            if (component.EventShape != components[0].EventShape)
            {
                throw new ArgumentException(
                    $"Mixture: components need one event shape; "
                        + $"found {components[0].EventShape} of {components[0].Name} and {component.EventShape} of {component.Name}.",
                            nameof(components));
            }
        }
        return batch;
    }
}
