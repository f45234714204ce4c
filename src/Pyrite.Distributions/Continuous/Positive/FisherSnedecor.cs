using Pyrite.Functions;
using Pyrite.Functions.Preimages;
using Pyrite.Functions.Sampling;
using Pyrite.Functions.Special;

namespace Pyrite;

/// <summary>The ratio of two mean chi-squares, with <c>df1</c> and <c>df2</c> degrees of freedom.</summary>
/// <remarks>Batch shape: broadcast(df1, df2). Event shape: []. Draws are reparameterized, implicitly.</remarks>
public sealed class FisherSnedecor : Distribution
{
    private static readonly double HalfLogTwoPi = 0.5 * Math.Log(2 * Math.PI);

    /// <summary>Makes the distribution.</summary>
    /// <param name="df1">Degrees of freedom of the numerator; positive.</param>
    /// <param name="df2">Degrees of freedom of the denominator; positive.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">A parameter violates its constraint, or shapes do not broadcast.</exception>
    public FisherSnedecor(Tensor df1, Tensor df2, bool validate = true)
        : base(Shape.Broadcast(df1.Shape, df2.Shape), Shape.Scalar, validate)
    {
        Df1 = Declare("df1", df1, Constraints.Positive);
        Df2 = Declare("df2", df2, Constraints.Positive);
    }

    /// <summary>Degrees of freedom of the numerator; positive.</summary>
    public Tensor Df1 { get; }

    /// <summary>Degrees of freedom of the denominator; positive.</summary>
    public Tensor Df2 { get; }

    /// <inheritdoc/>
    public override Constraint Support => Constraints.NonNegative;

    internal override bool ScoresImages => true;

    /// <inheritdoc/>
    public override bool HasReparameterizedSample => true;

    /// <inheritdoc/>
    public override Tensor Mean => OverBatch(Tensor.Where(Df2 > 2, Df2 / (Df2 - 2), double.PositiveInfinity));

    /// <inheritdoc/>
    public override Tensor Variance =>
        OverBatch(Tensor.Where(Df2 > 4, 2 * (Df2 / (Df2 - 2)).Square() * (Df1 + Df2 - 2) / (Df1 * (Df2 - 4)), double.PositiveInfinity));

    /// <inheritdoc/>
    public override Tensor Mode => OverBatch(Tensor.Where(Df1 > 2, (Df1 - 2) / Df1 * (Df2 / (Df2 + 2)), 0));

    /// <inheritdoc/>
    public override Tensor Entropy()
    {
        (Tensor one, Tensor two) = (0.5 * Df1, 0.5 * Df2);
        Tensor total = one + two;
        Tensor logs = (0.5 * (one.Log() + total.Log())) - (1.5 * two.Log());
        Tensor rests = one.StirlingRest() + two.StirlingRest() - total.StirlingRest();
        Tensor slopes = ((1 - one) * one.StirlingRestSlope()) - ((1 + two) * two.StirlingRestSlope()) + (total * total.StirlingRestSlope());
        return OverBatch(HalfLogTwoPi + 0.5 + (Df2 / Df1).Log() + logs + rests + slopes - (0.5 / one) + (0.5 / two));
    }

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) =>
        DoublePrecision.Of(DType, Df1, Df2, x, (m, n, v) => Probability.Inside(v > 0, v, 1, 0, u => Tensor.BetaOdds(0.5 * m, 0.5 * n, m * u / n)));

    /// <inheritdoc/>
    public override Tensor SurvivalFunction(Tensor x) =>
        DoublePrecision.Of(DType, Df1, Df2, x, (m, n, v) => Probability.Inside(v > 0, v, 1, 1, u => Tensor.BetaOdds(0.5 * n, 0.5 * m, n / (m * u))));

    /// <inheritdoc/>
    public override Tensor LogCdf(Tensor x) =>
        DoublePrecision.Of(DType, Df1, Df2, x,
            (m, n, v) => Probability.Inside(v > 0, v, 1, double.NegativeInfinity, u => Tensor.LogBetaOdds(0.5 * m, 0.5 * n, m * u / n)));

    /// <inheritdoc/>
    public override Tensor LogSurvivalFunction(Tensor x) =>
        DoublePrecision.Of(DType, Df1, Df2, x,
            (m, n, v) => Probability.Inside(v > 0, v, 1, 0, u => Tensor.LogBetaOdds(0.5 * n, 0.5 * m, n / (m * u))));

    /// <inheritdoc/>
    public override Tensor InverseCdf(Tensor p) => Df2 / Df1 * Tensor.BetaOddsInverse(0.5 * Df1, 0.5 * Df2, p);

    /// <inheritdoc/>
    public override Tensor InverseSurvivalFunction(Tensor p) => Df2 / Df1 / Tensor.BetaOddsInverse(0.5 * Df2, 0.5 * Df1, p);

    internal override Distribution? Widened => new FisherSnedecor(Df1.Widened, Df2.Widened, validate: false);

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape)
    {
        Tensor above = key.Child(1).LogGamma(0.5 * Df1, shape, DType);
        Tensor below = key.Child(2).LogGamma(0.5 * Df2, shape, DType);
        return ((above - below).ExpInRange() * (Df2 / Df1)).PositiveFinite();
    }

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value)
    {
        // The odds Df1 value / Df2 are those of a Beta variable of half the degrees: its deviance keeps the digits of large ones.
        (Tensor a, Tensor b) = (0.5 * Df1, 0.5 * Df2);
        Tensor logWhole = a.Log() + b.Log() - (a + b).Log();
        if (value.KnownLogAbove(0) is { } log)
        {
            return a.ChooseRest(b) + logWhole - log - a.CoinDevianceOfLogOdds(b, (Df1 / Df2).Log() + log);
        }
        Tensor isEnd = value.EqualTo(0);
        Tensor inside = Tensor.Where(isEnd, 1, value);
        Tensor ordinary = a.ChooseRest(b) + logWhole - inside.Log() - a.CoinDevianceOfOdds(b, Df1 / Df2 * inside);
        Tensor end = (a - 1).XLogY(value) + (a * (Df1 / Df2).Log()) - (0.5 * (Df1 + Df2) * Df1 / Df2 * value) - a.LogBeta(b);
        return Tensor.Where(isEnd, end, ordinary);
    }
}
