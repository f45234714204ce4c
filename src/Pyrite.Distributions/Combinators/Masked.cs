using Pyrite.Combinators;

namespace Pyrite;

/// <summary>A distribution that scores zero, with zero gradient, where a mask is false; see <see cref="Distribution.Mask(Tensor)"/>.</summary>
/// <remarks>
/// Draws and moments are those of the base. A masked entry is no entry: its value, its parameters and what they were computed from may be anything,
/// also NaN, infinite or outside of their constraints, and scores and gradients are those without it. Inside a model parameters are judged when the
/// statement shows which entries count; elsewhere a distribution, or a transform of it, refuses bad parameters before it can be masked, unless
/// it is made with <c>validate: false</c>.
/// </remarks>
public sealed class Masked : Distribution
{
    // Every statement asks for masks among the parts of its distribution; a program without any need not look.
    private static volatile bool wasUsed;

    /// <summary>Masks a distribution.</summary>
    /// <param name="baseDistribution">The distribution to score with where the mask is true.</param>
    /// <param name="mask">Bool; broadcasts against the batch shape, which it may enlarge.</param>
    /// <exception cref="ArgumentException">The mask is not Bool or does not broadcast.</exception>
    public Masked(Distribution baseDistribution, Tensor mask)
        : base(Batch(baseDistribution, mask), baseDistribution.EventShape, baseDistribution.Validate)
    {
        Base = baseDistribution.Expand(BatchShape);
        Selection = mask;
        wasUsed = true;
    }

    /// <summary>Whether any distribution has been masked in this process.</summary>
    internal static bool WasUsed => wasUsed;

    /// <summary>The distribution that is masked.</summary>
    public Distribution Base { get; }

    /// <summary>Where scores count.</summary>
    public Tensor Selection { get; }

    /// <inheritdoc/>
    protected override IReadOnlyList<Distribution> Parts => [Base];

    /// <inheritdoc/>
    public override bool IsCircular => Base.IsCircular;

    /// <inheritdoc/>
    public override Constraint Support => Base.Support;

    /// <inheritdoc/>
    public override bool HasReparameterizedSample => Base.HasReparameterizedSample;

    /// <inheritdoc/>
    public override string Name => Base.Name;

    /// <inheritdoc/>
    public override DType DType => GivenType ?? Base.DType;

    internal override DType? GivenType => Base.GivenType;

    internal override Tensor InScoredType(Tensor value) => Base.InScoredType(value);

    internal override Tensor JustBelow(Tensor x) => Base.JustBelow(x);

    /// <inheritdoc/>
    public override IReadOnlyList<DistributionParameter> Parameters => Base.Parameters;

    internal override bool HasDistributionFunction => Base.HasDistributionFunction;

    /// <inheritdoc/>
    public override Tensor Mean => Base.Mean;

    /// <inheritdoc/>
    public override Tensor Variance => Base.Variance;

    /// <inheritdoc/>
    public override Tensor StandardDeviation => Base.StandardDeviation;

    /// <inheritdoc/>
    public override Tensor Mode => Base.Mode;

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) => Base.Cdf(x);

    /// <inheritdoc/>
    public override Tensor SurvivalFunction(Tensor x) => Base.SurvivalFunction(x);

    /// <inheritdoc/>
    public override Tensor LogCdf(Tensor x) => Base.LogCdf(x);

    /// <inheritdoc/>
    public override Tensor LogSurvivalFunction(Tensor x) => Base.LogSurvivalFunction(x);

    /// <inheritdoc/>
    public override Tensor Entropy() => Base.Entropy();

    /// <inheritdoc/>
    public override Tensor InverseCdf(Tensor p) => Base.InverseCdf(p);

    /// <inheritdoc/>
    public override Tensor InverseSurvivalFunction(Tensor p) => Base.InverseSurvivalFunction(p);

    /// <inheritdoc/>
    public override Tensor EnumerateSupport(bool expand = true) => Base.EnumerateSupport(expand);

    /// <inheritdoc/>
    public override Distribution Expand(Shape batchShape) => batchShape == BatchShape ? this : new Masked(Base.Expand(batchShape), Selection);

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape) => Base.Draw(key, shape);

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value) => Evaluate(value);

    /// <inheritdoc/>
    protected internal override Tensor Evaluate(Tensor value)
    {
        Tensor counted = Selection;
        for (int i = 0; i < EventShape.Rank; i++)
        {
            counted = counted.Unsqueeze(-1);
        }
        value = value.IsWeak ? value.To(DType) : value;
        Constraint support = Support;
        Tensor harmless = Tensor.Where(counted, value, support.InteriorPoint(value));
        if (Validate && !support.IsFixed)
        {
            // Where a parameter is bad, nothing may lie inside the support.
            MaskedCheck.CheckValue(Base, Selection, harmless);
            using StepCheck.Suspension others = StepCheck.Suspend();
            return Score(harmless);
        }
        return Score(harmless);
    }

    private Tensor Score(Tensor value) => AnomalyMode.IsOn ? ScoreChecked(value) : Tensor.Masked(Selection, Base.LogProb(value));

    private Tensor ScoreChecked(Tensor value) => AnomalyMode.Counted(() => Tensor.Masked(Selection, Base.LogProb(value)))!;

    private static Shape Batch(Distribution baseDistribution, Tensor mask)
    {
        if (mask.DType != DType.Bool)
        {
            throw new ArgumentException(
                $"{baseDistribution.Name}: a mask must be Bool; found {mask.DType} of shape {mask.Shape}. Compare first, for example observed > 0.",
                    nameof(mask));
        }
        return Shape.TryBroadcast(baseDistribution.BatchShape, mask.Shape)
            ?? throw new ArgumentException(
                $"{baseDistribution.Name}: a mask of shape {mask.Shape} does not broadcast with the batch shape {baseDistribution.BatchShape}.",
                    nameof(mask));
    }
}
