using Pyrite.Functions;
using Pyrite.Functions.Preimages;
using Pyrite.Functions.Sampling;

namespace Pyrite;

/// <summary>Student vectors: a Gaussian vector divided by the root of a mean chi-square.</summary>
/// <remarks>Batch shape: broadcast of the parameters without their event axes. Event shape: [n]. Covariance df / (df - 2) · L Lᵀ. Draws are
/// reparameterized, also in df (implicitly).</remarks>
public sealed class MultivariateStudentT : Distribution
{
    /// <summary>Makes the distribution.</summary>
    /// <param name="df">Degrees of freedom; positive.</param>
    /// <param name="loc">The centre, [.., n].</param>
    /// <param name="scaleTril">L, [.., n, n]; lower-triangular with a positive diagonal.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">A parameter violates its constraint, or shapes do not fit.</exception>
    public MultivariateStudentT(Tensor df, Tensor loc, Tensor scaleTril, bool validate = true)
        : base(Shape.Broadcast(df.Shape, loc.Shape[..^1], scaleTril.Shape[..^2]), scaleTril.Shape[^1..], validate)
    {
        Df = Declare("df", df, Constraints.Positive);
        Loc = Declare("loc", loc, Constraints.RealVector);
        ScaleTril = Declare("scaleTril", scaleTril, Constraints.LowerCholesky);
    }

    /// <summary>Degrees of freedom.</summary>
    public Tensor Df { get; }

    /// <summary>The centre.</summary>
    public Tensor Loc { get; }

    /// <summary>L.</summary>
    public Tensor ScaleTril { get; }

    /// <inheritdoc/>
    public override Constraint Support => Constraints.RealVector;

    /// <inheritdoc/>
    public override bool HasReparameterizedSample => true;

    /// <inheritdoc/>
    public override Tensor Mean => Tensor.Where(Df.OverEvent() > 1, Loc, double.NaN).BroadcastTo(BatchShape + EventShape);

    /// <inheritdoc/>
    public override Tensor Variance
    {
        get
        {
            Tensor df = Df.OverEvent();
            Tensor heavy = Tensor.Where(df > 1, double.PositiveInfinity, double.NaN);
            return Tensor.Where(df > 2, ScaleTril.Square().Sum(-1) * df / (df - 2), heavy).BroadcastTo(BatchShape + EventShape);
        }
    }

    /// <inheritdoc/>
    public override Tensor Mode => Loc.BroadcastTo(BatchShape + EventShape);

    /// <inheritdoc/>
    public override Tensor Entropy() => HasNarrowParameters ? Widened!.Entropy().To(DType) : ExactEntropy();

    /// <summary>Of large degrees of freedom terms of their size cancel.</summary>
    private Tensor ExactEntropy()
    {
        double size = EventShape[0];
        Tensor half = 0.5 * Df;
        Tensor total = half + (0.5 * size);
        Tensor normalizer = half.LogGamma() - total.LogGamma() + (0.5 * size * (Math.PI * Df).Log());
        return OverBatch(normalizer + ScaleTril.Diagonal().Log().Sum(-1) + (total * (total.Digamma() - half.Digamma())));
    }

    internal override Distribution? Widened => new MultivariateStudentT(Df.Widened, Loc.Widened, ScaleTril.Widened, validate: false);

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape)
    {
        Tensor logGamma = key.Child("chi-square").LogGamma(0.5 * Df, shape[..^1], DType);
        Tensor stretch = (0.5 * ((0.5 * Df).Log() - logGamma)).ExpInRange();
        Tensor gaussian = ScaleTril.MatMul(key.Child("normal").Normal(shape, DType).Unsqueeze(-1)).Squeeze(-1);
        return (Loc + (gaussian * stretch.Unsqueeze(-1))).Finite();
    }

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value)
    {
        double size = EventShape[0];
        Tensor distance = value - Loc;
        Tensor scaled = ScaleTril.SolveLower(Unit(distance) * distance);
        Tensor normalizer = SpecialFunctions.LogGamma(0.5 * size) - (0.5 * Df).LogBeta(0.5 * size) - (0.5 * size * (Math.PI * Df).Log());
        return normalizer - ScaleTril.Diagonal().Log().Sum(-1) - (0.5 * (Df + size) * LogOnePlusSquares(scaled));
    }

    /// <summary>A power of two that makes the squares of all numbers of a type numbers of the type.</summary>
    private static double Unit(Tensor x) => Math.ScaleB(1, x.DType == DType.Float32 ? -66 : -532);

    /// <summary>log(1 + |z|² / df), also where the squares overflow.</summary>
    /// <param name="scaled">z times the unit.</param>
    private Tensor LogOnePlusSquares(Tensor scaled)
    {
        double unit = Unit(scaled);
        Tensor squares = scaled.Square().Sum(-1);
        Tensor isFar = squares.Detach() > (scaled.DType == DType.Float32 ? 1e-10 : 1e-40);
        Tensor near = ((Tensor.Where(isFar.Unsqueeze(-1), 0, scaled) / unit).Square().Sum(-1) / Df).Log1p();
        Tensor far = (Tensor.Where(isFar, squares, 1) + (unit * unit * Df)).Log() - (2 * Math.Log(unit)) - Df.Log();
        return Tensor.Where(isFar, far, near);
    }
}
