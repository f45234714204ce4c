using Pyrite.Functions.Preimages;
using Pyrite.Functions.Sampling;
using Pyrite.Functions.Special;

namespace Pyrite;

/// <summary>Student's t with <c>df</c> degrees of freedom, moved to <c>loc</c> and stretched by <c>scale</c>.</summary>
/// <remarks>Batch shape: broadcast(df, loc, scale). Event shape: []. Draws are reparameterized, also in df (implicitly).</remarks>
public sealed class StudentT : Distribution
{
    /// <summary>Makes the distribution.</summary>
    /// <param name="df">Degrees of freedom; positive.</param>
    /// <param name="loc">The location; 0 if not given.</param>
    /// <param name="scale">The scale; positive, 1 if not given.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">A parameter violates its constraint, or shapes do not broadcast.</exception>
    public StudentT(Tensor df, Tensor? loc = null, Tensor? scale = null, bool validate = true)
        : base(Shape.Broadcast(df.Shape, (loc ?? 0).Shape, (scale ?? 1).Shape), Shape.Scalar, validate)
    {
        Df = Declare("df", df, Constraints.Positive);
        Loc = Declare("loc", loc ?? 0, Constraints.Real);
        Scale = Declare("scale", scale ?? 1, Constraints.Positive);
    }

    /// <summary>Degrees of freedom; positive.</summary>
    public Tensor Df { get; }

    /// <summary>The location.</summary>
    public Tensor Loc { get; }

    /// <summary>The scale; positive.</summary>
    public Tensor Scale { get; }

    /// <inheritdoc/>
    public override Constraint Support => Constraints.Real;

    /// <inheritdoc/>
    public override bool HasReparameterizedSample => true;

    /// <inheritdoc/>
    public override Tensor Mean => OverBatch(Tensor.Where(Df > 1, Loc, double.NaN));

    /// <inheritdoc/>
    public override Tensor Variance =>
        OverBatch(
            Tensor.Where(Df > 2, Scale.Square() * (1 + (2 / (Tensor.Where(Df > 2, Df, 3) - 2))),
            Tensor.Where(Df > 1, double.PositiveInfinity, double.NaN)));

    /// <inheritdoc/>
    public override Tensor Mode => OverBatch(Loc);

    /// <inheritdoc/>
    public override Tensor Entropy() => OverBatch(Df.StudentEntropy() + Scale.Log());

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) => Df.StudentCdf((x - Loc) / Scale);

    /// <inheritdoc/>
    public override Tensor SurvivalFunction(Tensor x) => Df.StudentCdf((Loc - x) / Scale);

    /// <inheritdoc/>
    public override Tensor InverseCdf(Tensor p) => Loc + (Scale * Df.StudentQuantile(p));

    /// <inheritdoc/>
    public override Tensor InverseSurvivalFunction(Tensor p) => Loc - (Scale * Df.StudentQuantile(p));

    internal override Distribution? Widened => new StudentT(Df.Widened, Loc.Widened, Scale.Widened, validate: false);

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape)
    {
        Tensor halves = (0.5 * Df).BroadcastTo(shape);
        Tensor logChiSquareOverDf = key.Child("chi-square").LogGamma(halves, shape, DType) - halves.Log();
        return (Loc + (Scale * key.Child("normal").Normal(shape, DType) * (-0.5 * logChiSquareOverDf).ExpInRange())).Finite();
    }

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value)
    {
        Tensor z = (value - Loc) / Scale;
        return (-0.5 * (Df + 1) * z.LogOnePlusSquareOver(Df)) - (Scale.Log() + (0.5 * Df.Log()) + (0.5 * Df).LogBeta(0.5));
    }
}
