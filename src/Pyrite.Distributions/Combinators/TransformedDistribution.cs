using Pyrite.Checks;
using Pyrite.Functions.Preimages;
using Pyrite.Supports;
using Pyrite.Transforms;

namespace Pyrite;

/// <summary>What becomes of a random variable under transforms: y = f(x) with x from a base distribution.</summary>
/// <remarks>log p(y) = log p(x) - log |dy/dx|. Batch axes of the base become event axes where the transform needs them. Draws are reparameterized
/// where those of the base are. The last pair of x and y is remembered, so that a draw is scored with the x it came from.</remarks>
public sealed class TransformedDistribution : Distribution
{
    private readonly Distribution source;
    private readonly Transform cached;

    /// <summary>Applies transforms, in their order, to draws of a distribution.</summary>
    /// <param name="baseDistribution">The distribution of x.</param>
    /// <param name="transforms">The parts of f.</param>
    public TransformedDistribution(Distribution baseDistribution, params ReadOnlySpan<Transform> transforms)
        : this(Deepen(baseDistribution, Join(transforms)), Join(transforms))
    {
    }

    private TransformedDistribution(Distribution source, Transform transform)
        : base(Shapes(source, transform).Batch, Shapes(source, transform).Event, source.Validate)
    {
        Shape full = transform.ForwardShape(source.BatchShape + source.EventShape);
        this.source = source.Expand(transform.InverseShape(full)[..^source.EventShape.Rank]);
        Transform = transform;
        cached = transform.Cached;
    }

    /// <summary>The distribution of x.</summary>
    public Distribution Base => source;

    /// <summary>f.</summary>
    public Transform Transform { get; }

    /// <inheritdoc/>
    protected override IReadOnlyList<Distribution> Parts => [Base];

    /// <inheritdoc/>
    public override Constraint Support => new ImageConstraint(source.Support, Transform, EventShape.Rank);

    /// <inheritdoc/>
    public override bool HasReparameterizedSample => source.HasReparameterizedSample;

    /// <inheritdoc/>
    public override DType DType => GivenType ?? source.DType;

    internal override bool ScoresImages => source.ScoresImages || source.Support.IsEverything;

    internal override DType? GivenType => Widest(Transform.GivenType, source.GivenType);

    /// <inheritdoc/>
    public override IReadOnlyList<DistributionParameter> Parameters => source.Parameters;

    internal override Tensor InScoredType(Tensor value) => InOwnType(value);

    internal override bool HasDistributionFunction => EventShape.Rank == 0 && Transform.Sign != 0 && source.HasDistributionFunction;

    /// <summary>Half a count away from the possible value at or above x.</summary>
    public override (Tensor Low, Tensor High)? Circle => source.Circle is not { } inner || EventShape.Rank > 0 ? null
        : Transform.Sign > 0 ? (Transform.Forward(inner.Low), Transform.Forward(inner.High))
        : Transform.Sign < 0 ? (Transform.Forward(inner.High), Transform.Forward(inner.Low))
        : null;

    internal override Tensor JustBelow(Tensor x)
    {
        if (!IsDiscrete)
        {
            return x;
        }
        Tensor y = ImageConstraint.Nearest(Transform.Inverse(x));
        return Transform.Forward(Transform.Sign < 0 ? y.Floor() + 0.5 : y.Ceiling() - 0.5);
    }

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) => Transform.Sign switch
    {
        > 0 => Within(x, source.Cdf, 0, 1),
        < 0 => Within(x, y => source.SurvivalFunction(source.JustBelow(y)), 0, 1),
        _ => base.Cdf(x),
    };

    /// <inheritdoc/>
    public override Tensor SurvivalFunction(Tensor x) => Transform.Sign switch
    {
        > 0 => Within(x, source.SurvivalFunction, 1, 0),
        < 0 => Within(x, y => source.Cdf(source.JustBelow(y)), 1, 0),
        _ => base.SurvivalFunction(x),
    };

    /// <inheritdoc/>
    public override Tensor LogCdf(Tensor x) => Transform.Sign switch
    {
        > 0 => Within(x, source.LogCdf, double.NegativeInfinity, 0),
        < 0 => Within(x, y => source.LogSurvivalFunction(source.JustBelow(y)), double.NegativeInfinity, 0),
        _ => base.LogCdf(x),
    };

    /// <inheritdoc/>
    public override Tensor LogSurvivalFunction(Tensor x) => Transform.Sign switch
    {
        > 0 => Within(x, source.LogSurvivalFunction, 0, double.NegativeInfinity),
        < 0 => Within(x, y => source.LogCdf(source.JustBelow(y)), 0, double.NegativeInfinity),
        _ => base.LogSurvivalFunction(x),
    };

    /// <inheritdoc/>
    public override Tensor InverseCdf(Tensor p) => Transform.Sign switch
    {
        > 0 => cached.Forward(source.InverseCdf(p)),
        < 0 => cached.Forward(source.InverseSurvivalFunction(p)),
        _ => base.InverseCdf(p),
    };

    /// <inheritdoc/>
    public override Tensor InverseSurvivalFunction(Tensor p) => Transform.Sign switch
    {
        > 0 => cached.Forward(source.InverseSurvivalFunction(p)),
        < 0 => cached.Forward(source.InverseCdf(p)),
        _ => base.InverseSurvivalFunction(p),
    };

    /// <inheritdoc/>
    public override Distribution Expand(Shape batchShape) => batchShape == BatchShape ? this : new Expanded(this, batchShape);

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape)
    {
        Shape batch = shape[..(shape.Rank - EventShape.Rank)];
        return cached.Forward(source.Draw(key, batch + source.EventShape));
    }

    /// <summary>A draw is scored by what it was made of, also where it rounds onto an end of the support.</summary>
    protected internal override Tensor Evaluate(Tensor value)
    {
        if (Validate && !IsDiscrete && ((CachedTransform)cached).Knows(value))
        {
            Validation.CheckArgument(this, value, cached.Inverse(value), source.Support);
            return DensityOf(value);
        }
        return base.Evaluate(value);
    }

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value)
    {
        if (value.IsNarrow && !((CachedTransform)cached).Knows(value))
        {
            // The preimage of a Float32 value that came from elsewhere has more digits than Float32.
            Tensor wide = value.Widened;
            Tensor preimage = wide.PreimageUnder(Transform) ?? Transform.Inverse(wide);
            Tensor wideChange = Transform.LogAbsDetJacobian(preimage, wide);
            Tensor density = (source.Widened ?? source).LogDensity(preimage)
                - wideChange.SumOverLast(source.EventShape.Rank - Transform.Domain.EventRank);
            return GivenType == DType.Float64 ? density : density.To(value.DType);
        }
        Tensor x = cached.Inverse(value);
        if (IsDiscrete)
        {
            return source.LogDensity(ImageConstraint.Nearest(x));   // a probability moves with its value, volumes do not matter
        }
        Tensor change = cached.LogAbsDetJacobian(x, value);
        return source.DensityOf(x) - change.SumOverLast(source.EventShape.Rank - Transform.Domain.EventRank);
    }

    /// <summary>A function of the argument of x, and what it is below and above all that the transform can give.</summary>
    private Tensor Within(Tensor x, Func<Tensor, Tensor> function, double below, double above)
    {
        // Between two possible counts the distribution function goes on, though nothing lies there.
        Constraint support = IsDiscrete ? Transform.Codomain : Support;
        Tensor inner = support.InteriorPoint(x);
        Tensor inside = support.Check(x.Detach());
        if (IsDiscrete)
        {
            return Tensor.Where(inside, function(ImageConstraint.Nearest(Transform.Inverse(Tensor.Where(inside, x, inner)))),
                Tensor.Where(x < inner, below, above));
        }
        if (x.IsWeak && inside.All())
        {
            return function(cached.Inverse(x));
        }
        return Tensor.Where(inside, function(cached.Inverse(Tensor.Where(inside, x, inner))), Tensor.Where(x < inner, below, above));
    }

    private static Transform Join(ReadOnlySpan<Transform> transforms) => transforms.Length == 1 ? transforms[0] : new ComposedTransform(transforms);

    private static Distribution Deepen(Distribution distribution, Transform transform)
    {
        int missing = transform.Domain.EventRank - distribution.EventShape.Rank;
        if (missing > distribution.BatchShape.Rank)
        {
            throw new ArgumentException(
                $"TransformedDistribution: the transform needs values of {transform.Domain.EventRank} axes; {distribution.Name} has batch "
                    + $"shape {distribution.BatchShape} and event shape {distribution.EventShape}. Expand it first.");
        }
        return missing > 0 ? distribution.ToEvent(missing) : distribution;
    }

    private static (Shape Batch, Shape Event) Shapes(Distribution source, Transform transform)
    {
        Shape full = transform.ForwardShape(source.BatchShape + source.EventShape);
        int eventRank = source.EventShape.Rank + transform.Codomain.EventRank - transform.Domain.EventRank;
        return (full[..^eventRank], full[^eventRank..]);
    }
}
