using Pyrite.Functions;

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

    /// <summary>By closed form; infinite where one end is, NaN where both are.</summary>
    public override Tensor Mean
    {
        get
        {
            (Tensor low, Tensor high, Tensor angle) = Standardized;
            Tensor sum = 0.5 * (high.LogOnePlusSquare() - low.LogOnePlusSquare());
            return OverBatch(Loc + (Scale * (sum / angle)));
        }
    }

    /// <summary>By closed form; infinite where one end is, NaN where both are.</summary>
    public override Tensor Variance
    {
        get
        {
            (Tensor low, Tensor high, Tensor angle) = Standardized;
            Tensor mean = 0.5 * (high.LogOnePlusSquare() - low.LogOnePlusSquare()) / angle;
            Tensor finite = ((high - low) / angle) - 1 - mean.Square();
            Tensor heavy = Tensor.Where(low.IsFinite() | high.IsFinite(), double.PositiveInfinity, double.NaN);
            return OverBatch(Scale.Square() * Tensor.Where(low.IsFinite() & high.IsFinite(), finite, heavy));
        }
    }

    /// <inheritdoc/>
    public override Tensor Mode
    {
        get
        {
            Tensor raised = Low is null ? Loc : Tensor.Where(Loc < Low, Low, Loc);
            return OverBatch(High is null ? raised : Tensor.Where(raised > High, High, raised));
        }
    }

    private (Tensor Low, Tensor High, Tensor Angle) Standardized
    {
        get
        {
            Tensor low = ((Low ?? double.NegativeInfinity) - Loc) / Scale;
            Tensor high = ((High ?? double.PositiveInfinity) - Loc) / Scale;
            Tensor isUpper = low > 0;
            Tensor angle = Math.PI * Tensor.Where(isUpper, (-low).CauchyCdf() - (-high).CauchyCdf(), high.CauchyCdf() - low.CauchyCdf());
            return (low, high, angle);
        }
    }
}
