using Pyrite.Functions;
using Pyrite.Functions.Preimages;
using Pyrite.Functions.Special;

namespace Pyrite;

/// <summary>A probability: x^(concentration1 - 1) (1 - x)^(concentration0 - 1), normalized.</summary>
/// <remarks>Batch shape: broadcast of the concentrations. Event shape: []. Draws are reparameterized, implicitly.</remarks>
public sealed class Beta : Distribution
{
    // Below this size the plain formula loses less than three digits; plain numbers are seen without looking into a tensor.
    private const double CancelsFrom = 100;

    private static readonly double HalfLogTwoPi = 0.5 * Math.Log(2 * Math.PI);

    /// <summary>Makes the distribution.</summary>
    /// <param name="concentration1">One more than the weight of log x; positive.</param>
    /// <param name="concentration0">One more than the weight of log(1 - x); positive.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">A parameter violates its constraint, or shapes do not broadcast.</exception>
    public Beta(Tensor concentration1, Tensor concentration0, bool validate = true)
        : base(Shape.Broadcast(concentration1.Shape, concentration0.Shape), Shape.Scalar, validate)
    {
        Concentration1 = Declare("concentration1", concentration1, Constraints.Positive);
        Concentration0 = Declare("concentration0", concentration0, Constraints.Positive);
    }

    /// <summary>One more than the weight of log x; positive.</summary>
    public Tensor Concentration1 { get; }

    /// <summary>One more than the weight of log(1 - x); positive.</summary>
    public Tensor Concentration0 { get; }

    /// <inheritdoc/>
    public override Constraint Support => Constraints.UnitInterval;

    internal override bool ScoresImages => true;

    internal override bool IsScoredByParameters => true;

    /// <inheritdoc/>
    public override bool HasReparameterizedSample => true;

    /// <inheritdoc/>
    public override Tensor Mean => OverBatch(Concentration1 / (Concentration1 + Concentration0));

    /// <inheritdoc/>
    public override Tensor Variance
    {
        get
        {
            Tensor total = Concentration1 + Concentration0;
            return OverBatch(Concentration1 / total * (Concentration0 / total) / (total + 1));
        }
    }

    /// <inheritdoc/>
    public override Tensor Mode
    {
        get
        {
            Tensor one = Concentration1 - 1;
            Tensor zero = Concentration0 - 1;
            Tensor inner = one / (one + zero);
            Tensor edge = Tensor.Where((one >= 0) & (zero < 0), 1, Tensor.Where((zero >= 0) & (one < 0), 0, double.NaN));
            return OverBatch(Tensor.Where((one >= 0) & (zero >= 0) & (one + zero > 0), inner, edge));
        }
    }

    /// <inheritdoc/>
    public override Tensor Entropy()
    {
        (Tensor a, Tensor b) = (Concentration1, Concentration0);
        Tensor total = a + b;
        Tensor logs = (0.5 * (a.Log() + b.Log())) - (1.5 * total.Log());
        Tensor rests = a.StirlingRest() + b.StirlingRest() - total.StirlingRest();
        Tensor slopes = ((total - 2) * total.StirlingRestSlope()) - ((a - 1) * a.StirlingRestSlope()) - ((b - 1) * b.StirlingRestSlope());
        return OverBatch(HalfLogTwoPi + 0.5 + logs + rests + slopes + (1 / total) - (0.5 / a) - (0.5 / b));
    }

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) => Tensor.BetaLower(Concentration1, Concentration0, Probability.Clamp(x));

    /// <inheritdoc/>
    public override Tensor SurvivalFunction(Tensor x) => Tensor.BetaUpper(Concentration1, Concentration0, Probability.Clamp(x));

    /// <inheritdoc/>
    public override Tensor LogCdf(Tensor x) =>
        DoublePrecision.Of(DType, Concentration1, Concentration0, x, (a, b, v) => Tensor.LogBetaOdds(a, b, Odds(Probability.Clamp(v))));

    /// <inheritdoc/>
    public override Tensor LogSurvivalFunction(Tensor x) =>
        DoublePrecision.Of(DType, Concentration1, Concentration0, x, (a, b, v) => Tensor.LogBetaOdds(b, a, 1 / Odds(Probability.Clamp(v))));

    /// <inheritdoc/>
    public override Tensor InverseCdf(Tensor p) => Tensor.BetaLowerInverse(Concentration1, Concentration0, p);

    /// <inheritdoc/>
    public override Tensor InverseSurvivalFunction(Tensor p) =>
        DoublePrecision.Of(DType, Concentration1, Concentration0, p, (a, b, q) => 1 / (1 + Tensor.BetaOddsInverse(b, a, q)));

    internal override Distribution? Widened => new Beta(Concentration1.Widened, Concentration0.Widened, validate: false);

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape)
    {
        Tensor one = key.Child(1).LogGamma(Concentration1, shape, DType);
        Tensor zero = key.Child(0).LogGamma(Concentration0, shape, DType);
        return (one - zero).Sigmoid();
    }

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value)
    {
        (Tensor ones, Tensor zeros) = (Concentration1 - 1, Concentration0 - 1);
        bool isSmall = Concentration1 is { IsWeak: true, WeakValue: < CancelsFrom } && Concentration0 is { IsWeak: true, WeakValue: < CancelsFrom };
        if (value.LogOdds is { } logOdds)
        {
            return isSmall
                ? -(ones * (-logOdds).Softplus()) - (zeros * logOdds.Softplus()) - Concentration1.LogBeta(Concentration0)
                : Concentration1.BetaRest(Concentration0) - ones.CoinDevianceOfLogOdds(zeros, logOdds);
        }
        return isSmall
            ? ones.XLogY(value) + zeros.XLog1pY(-value) - Concentration1.LogBeta(Concentration0)
            : Concentration1.BetaRest(Concentration0) - ones.CoinDeviance(zeros, value);
    }

    private static Tensor Odds(Tensor share) => share / (1 - share);
}
