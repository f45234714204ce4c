using Pyrite.Functions;
using Pyrite.Functions.Preimages;
using Pyrite.Functions.Special;

namespace Pyrite;

/// <summary>The absolute value of a Student variable around 0.</summary>
/// <remarks>Batch shape: broadcast(df, scale). Event shape: []. Draws are reparameterized, also in df (implicitly).</remarks>
public sealed class HalfStudentT : Distribution
{
    private const double SmallChance = 1e-3;

    /// <summary>Makes the distribution.</summary>
    /// <param name="df">Degrees of freedom; positive.</param>
    /// <param name="scale">The scale; positive, 1 if not given.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">A parameter violates its constraint, or shapes do not broadcast.</exception>
    public HalfStudentT(Tensor df, Tensor? scale = null, bool validate = true)
        : base(Shape.Broadcast(df.Shape, (scale ?? 1).Shape), Shape.Scalar, validate)
    {
        Df = Declare("df", df, Constraints.Positive);
        Scale = Declare("scale", scale ?? 1, Constraints.Positive);
    }

    /// <summary>Degrees of freedom; positive.</summary>
    public Tensor Df { get; }

    /// <summary>The scale; positive, 1 if not given.</summary>
    public Tensor Scale { get; }

    /// <inheritdoc/>
    public override Constraint Support => Constraints.NonNegative;

    internal override bool ScoresImages => true;

    /// <inheritdoc/>
    public override bool HasReparameterizedSample => true;

    /// <inheritdoc/>
    public override Tensor Mean =>
        OverBatch(Tensor.Where(Df > 1, Scale * Tensor.Where(Df > 1, Df, 2).LogHalfStudentMean().Exp(), double.PositiveInfinity));

    /// <inheritdoc/>
    public override Tensor Variance =>
        OverBatch(
            Tensor.Where(Df > 2,
                Scale.Square() * (1 + (2 / (Tensor.Where(Df > 2, Df, 3) - 2)) - (2 * Tensor.Where(Df > 2, Df, 3).LogHalfStudentMean()).Exp()),
                double.PositiveInfinity));

    /// <inheritdoc/>
    public override Tensor Mode => OverBatch(0);

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) => Df.StudentCentre(x.Relu() / Scale);

    /// <inheritdoc/>
    public override Tensor SurvivalFunction(Tensor x) => 2 * Df.StudentCdf(-x.Relu() / Scale);

    /// <inheritdoc/>
    public override Tensor InverseCdf(Tensor p) => DoublePrecision.Of(DType, Df, Scale, p, (df, scale, chance) =>
    {
        // T² / df are odds of a Beta(½, df / 2) variable, in which small chances keep their digits.
        Tensor isSmall = chance < SmallChance;
        Tensor near = (df * Tensor.BetaOddsInverse(0.5, 0.5 * df, Tensor.Where(isSmall, chance, SmallChance))).Sqrt();
        return scale
            * Tensor.Where(isSmall & chance.EqualTo(0), 0,
                Tensor.Where(isSmall, near, -df.StudentQuantile(0.5 * (1 - Tensor.Where(isSmall, 0.5, chance)))));
    });

    /// <inheritdoc/>
    public override Tensor InverseSurvivalFunction(Tensor p) => -Scale * Df.StudentQuantile(0.5 * p);

    /// <inheritdoc/>
    public override Tensor Entropy() => new StudentT(Df, 0, Scale, validate: false).Entropy() - Math.Log(2);

    internal override Distribution? Widened => new HalfStudentT(Df.Widened, Scale.Widened, validate: false);

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape) => new StudentT(Df, 0, Scale, validate: false).Draw(key, shape).Abs();

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value)
    {
        (Tensor logScale, Tensor logDf) = (Scale.Log(), Df.Log());
        return (-0.5 * (Df + 1) * (value / Scale).LogOnePlusSquareOver(Df)) - (logScale + (0.5 * logDf) + (0.5 * Df).LogBeta(0.5)) + Math.Log(2);
    }
}
