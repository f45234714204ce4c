using Pyrite.Supports;

namespace Pyrite;

/// <summary>A flat prior: every value of a set scores 0, although the whole does not sum to 1.</summary>
/// <remarks>It cannot be drawn from: give the site a value, or infer it.</remarks>
public sealed class ImproperUniform : Distribution
{
    /// <summary>Makes the prior.</summary>
    /// <param name="support">The set.</param>
    /// <param name="batchShape">Independent values side by side; [] if not given.</param>
    /// <param name="eventShape">The shape of one value; [] if not given.</param>
    /// <param name="validate">Whether values are checked.</param>
    public ImproperUniform(Constraint support, Shape? batchShape = null, Shape? eventShape = null, bool validate = true)
        : base(batchShape ?? Shape.Scalar, eventShape ?? Shape.Scalar, validate) =>
        Support = Constraints.Independent(support, Math.Max(0, (eventShape?.Rank ?? 0) - support.EventRank));

    /// <inheritdoc/>
    public override Constraint Support { get; }

    /// <inheritdoc/>
    public override bool IsCircular => ReferenceEquals(Support is IndependentConstraint several ? several.Element : Support, Constraints.Angle);

    internal override bool HasDistributionFunction => false;

    internal override bool ScoresImages => true;

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape) =>
        throw new NotSupportedException(
            "ImproperUniform cannot be drawn from: it does not sum to 1. Observe the site, substitute a value, or start inference from another "
                + "point.");

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value) =>
        Tensor.Zeros(value.Shape[..^EventShape.Rank], value.DType.IsFloatingPoint ? value.DType : Precision.Default);
}
