using Pyrite.Functions;
using Pyrite.Functions.Preimages;
using Pyrite.Functions.Special;
using Pyrite.Functions.Truncation;

namespace Pyrite;

/// <summary>A Cauchy variable conditioned to lie between <c>low</c> and <c>high</c>.</summary>
/// <remarks>Batch shape: broadcast of the parameters. Event shape: []. Draws are reparameterized by the quantile function.</remarks>
public sealed class TruncatedCauchy : DerivedDistribution
{
    /// <summary>Makes the distribution.</summary>
    /// <param name="loc">The location.</param>
    /// <param name="scale">The scale; positive.</param>
    /// <param name="low">The lower end, if there is one.</param>
    /// <param name="high">The upper end, if there is one; above low.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">A parameter violates its constraint, or shapes do not broadcast.</exception>
    public TruncatedCauchy(Tensor loc, Tensor scale, Tensor? low = null, Tensor? high = null, bool validate = true)
        : base(new Truncated(new Cauchy(loc, scale, validate: false), low, high), validate)
    {
        Loc = Declare("loc", loc, Constraints.Real);
        Scale = Declare("scale", scale, Constraints.Positive);
        Low = low is null ? null : Declare("low", low, Constraints.Real);
        High = high is null ? null : Declare("high", high, Constraints.Real);
    }

    /// <summary>The location.</summary>
    public Tensor Loc { get; }

    /// <summary>The scale; positive.</summary>
    public Tensor Scale { get; }

    /// <summary>The lower end, if there is one.</summary>
    public Tensor? Low { get; }

    /// <summary>The upper end, if there is one; above low.</summary>
    public Tensor? High { get; }

    /// <summary>By closed form, and by quadrature between close bounds; infinite where one end is, NaN where both are.</summary>
    public override Tensor Mean => OverBatch(InDouble((loc, scale, low, high) =>
    {
        Tensor isNarrow = IsNarrow(loc, scale, low, high);
        Tensor narrow =
            low + (scale
                * TruncatedCauchyMembers.MeanAbove(Tensor.Where(isNarrow, (low - loc) / scale, 0), Tensor.Where(isNarrow, (high - low) / scale, 1)));
        return Tensor.Where(isNarrow, narrow, loc + (scale * WideMean(loc, scale, low, high)));
    }));

    /// <inheritdoc/>
    public override Tensor Variance => OverBatch(InDouble((loc, scale, low, high) =>
    {
        Tensor isNarrow = IsNarrow(loc, scale, low, high);
        Tensor narrow =
            TruncatedCauchyMembers.Variance(Tensor.Where(isNarrow, (low - loc) / scale, 0), Tensor.Where(isNarrow, (high - low) / scale, 1));
        Tensor isFinite = low.IsFinite() & high.IsFinite();
        Tensor first = Tensor.Where(isFinite, low, loc - scale);
        Tensor last = Tensor.Where(isFinite, high, loc + scale);
        Tensor wide = ((last - first) / scale / Angle(loc, scale, first, last)) - 1 - WideMean(loc, scale, first, last).Square();
        Tensor heavy = Tensor.Where(low.IsFinite() | high.IsFinite(), double.PositiveInfinity, double.NaN);
        return scale.Square() * Tensor.Where(isFinite, Tensor.Where(isNarrow, narrow, wide), heavy);
    }));

    /// <inheritdoc/>
    public override Tensor Mode
    {
        get
        {
            Tensor raised = Low is null ? Loc : Tensor.Where(Loc < Low, Low, Loc);
            return OverBatch(High is null ? raised : Tensor.Where(raised > High, High, raised));
        }
    }

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) => Share(x, isUpper: false);

    /// <inheritdoc/>
    public override Tensor SurvivalFunction(Tensor x) => Share(x, isUpper: true);

    /// <inheritdoc/>
    public override Tensor LogCdf(Tensor x) => Probability.Log(Cdf(x), SurvivalFunction(x));

    /// <inheritdoc/>
    public override Tensor LogSurvivalFunction(Tensor x) => Probability.Log(SurvivalFunction(x), Cdf(x));

    /// <summary>The angle under which an interval is seen from one scale off the location: π times its mass before truncation, exact also for narrow
    /// intervals.</summary>
    private static Tensor Angle(Tensor loc, Tensor scale, Tensor low, Tensor high)
    {
        Tensor isFromStart = low.EqualTo(double.NegativeInfinity);
        Tensor isToEnd = high.EqualTo(double.PositiveInfinity);
        Tensor isInner = !(isFromStart | isToEnd);
        Tensor first = Tensor.Where(isInner, low, loc);
        Tensor last = Tensor.Where(isInner, high, loc);
        Tensor inner = ((last - first) / scale).Atan2(1 + ((first - loc) / scale * ((last - loc) / scale)));
        Tensor below = Math.PI * ((Tensor.Where(isToEnd, loc, high) - loc) / scale).CauchyCdf();
        Tensor above = Math.PI * ((loc - Tensor.Where(isFromStart, loc, low)) / scale).CauchyCdf();
        return Tensor.Where(isInner, inner, Tensor.Where(isFromStart & isToEnd, Math.PI, Tensor.Where(isFromStart, below, above)));
    }

    /// <summary>Whether the closed forms of the moments, which subtract, would lose digits: the interval is no wider than a few widths of the density
    /// in it.</summary>
    private static Tensor IsNarrow(Tensor loc, Tensor scale, Tensor low, Tensor high)
    {
        using NoGradient.Scope untracked = NoGradient.Begin();
        Tensor nearest = Tensor.Where(low > loc, low - loc, Tensor.Where(high < loc, loc - high, 0)) / scale;
        return (high - low) / scale < 4 * (1 + nearest);
    }

    private static Tensor WideMean(Tensor loc, Tensor scale, Tensor low, Tensor high) =>
        0.5 * (((high - loc) / scale).LogOnePlusSquare() - ((low - loc) / scale).LogOnePlusSquare()) / Angle(loc, scale, low, high);

    private Tensor Share(Tensor x, bool isUpper) => DoublePrecision.Of(DType, [Loc, Scale, LowOrNone, HighOrNone, x], p =>
    {
        Tensor inside = Tensor.Where(p[4] < p[2], p[2], Tensor.Where(p[4] > p[3], p[3], p[4]));
        Tensor part = isUpper ? Angle(p[0], p[1], inside, p[3]) : Angle(p[0], p[1], p[2], inside);
        return part / Angle(p[0], p[1], p[2], p[3]);
    });

    private Tensor InDouble(Func<Tensor, Tensor, Tensor, Tensor, Tensor> formula) =>
        DoublePrecision.Of(DType, [Loc, Scale, LowOrNone, HighOrNone], p => formula(p[0], p[1], p[2], p[3]));

    private Tensor LowOrNone => Low ?? double.NegativeInfinity;

    private Tensor HighOrNone => High ?? double.PositiveInfinity;

    internal override Distribution? Widened => new TruncatedCauchy(Loc.Widened, Scale.Widened, Low?.Widened, High?.Widened, validate: false);
}
