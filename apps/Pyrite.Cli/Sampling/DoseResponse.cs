using Pyrite.Plotting;
using static Pyrite.Primitives;

namespace Pyrite.Cli.Sampling;

/// <summary>A logistic regression of how many of a group die on the dose of a poison, and the dose that kills half.</summary>
/// <remarks>The data are drawn: 60 in each of 8 groups, log odds of death 0.3 + 5 (dose - 0.7), so half die of 0.64.</remarks>
internal static class DoseResponse
{
    public const string Name = "logistic-regression";
    public const string Title = "Deaths by dose of a poison (simulated), with the dose that kills half";

    /// <summary>The middle of the doses: intercept and slope are nearly independent around it.</summary>
    private const double Centre = 0.7;

    private const double GroupSize = 60;
    private const double TrueIntercept = 0.3;
    private const double TrueSlope = 5;

    private static readonly double[] Doses = [0.0, 0.2, 0.4, 0.6, 0.8, 1.0, 1.2, 1.4];

    public static SamplingExample Create()
    {
        Tensor dose = Tensor.From(Array.ConvertAll(Doses, dose => dose - Centre));
        Tensor killed = new Binomial(GroupSize, logits: TrueIntercept + (TrueSlope * dose)).Sample(RandomKey.FromSeed(5).Child("killed"));
        double[] shares = (killed / GroupSize).ToArray<double>();
        return new(Name, Title, () =>
        {
            Tensor intercept = Sample("intercept", new Normal(0, 5));
            Tensor slope = Sample("slope", new Normal(0, 10));
            Deterministic("lethal_dose", Centre - (intercept / slope));
            using (Plate("doses", Doses.Length))
            {
                Sample("killed", new Binomial(GroupSize, logits: intercept + (slope * dose)), observed: killed);
            }
        })
        {
            Shown = ["intercept", "slope", "lethal_dose"],
            Intervals = ["intercept", "slope", "lethal_dose"],
            AnswerName = "mortality",
            Answer = draws => Curve(draws, shares),
        };
    }

    /// <summary>The share that dies of each dose, with the data.</summary>
    private static Chart Curve(Draws draws, double[] observed)
    {
        const int Points = 61;
        double[] intercepts = draws.Scalar("intercept"), slopes = draws.Scalar("slope"), shares = new double[intercepts.Length];
        double[] x = new double[Points], low = new double[Points], middle = new double[Points], high = new double[Points];
        for (int i = 0; i < Points; i++)
        {
            x[i] = 1.5 * i / (Points - 1);
            for (int draw = 0; draw < shares.Length; draw++)
            {
                shares[draw] = 1 / (1 + Math.Exp(-(intercepts[draw] + (slopes[draw] * (x[i] - Centre)))));
            }
            Quantiles quantiles = Quantiles.Of(shares);
            (low[i], middle[i], high[i]) = (quantiles.Q05, quantiles.Median, quantiles.Q95);
        }
        Chart chart = new("Share that dies", "log10 of the dose", "share");
        chart.AddBand("median and middle 90 %", x, low, high, middle);
        chart.AddDots("observed", Doses, observed);
        chart.Axes.SetLimitsY(0, 1.04);
        return chart;
    }
}
