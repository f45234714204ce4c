using Pyrite.Plotting;
using static Pyrite.Primitives;

namespace Pyrite.Cli.Sampling;

/// <summary>A logistic regression of how many beetles died on the dose of carbon disulphide (Bliss, "The calculation of the dosage-mortality curve", 1935).</summary>
internal static class DoseResponse
{
    public const string Name = "logistic-regression";
    public const string Title = "Deaths of beetles by dose of a poison, with the lethal dose (Bliss 1935)";

    /// <summary>The middle of the doses: intercept and slope are nearly independent around it.</summary>
    private const double Centre = 1.8;

    private static readonly double[] Doses = [1.6907, 1.7242, 1.7552, 1.7842, 1.8113, 1.8369, 1.8610, 1.8839];
    private static readonly double[] Beetles = [59, 60, 62, 56, 63, 59, 62, 60];
    private static readonly double[] Killed = [6, 13, 18, 28, 52, 53, 61, 60];

    public static SamplingExample Create()
    {
        Tensor dose = Tensor.From(Array.ConvertAll(Doses, dose => dose - Centre)), beetles = Tensor.From(Beetles), killed = Tensor.From(Killed);
        return new(Name, Title, () =>
        {
            Tensor intercept = Sample("intercept", new Normal(0, 5));
            Tensor slope = Sample("slope", new Normal(0, 50));
            Deterministic("lethal_dose", Centre - (intercept / slope));
            using (Plate("doses", Doses.Length))
            {
                Sample("killed", new Binomial(beetles, logits: intercept + (slope * dose)), observed: killed);
            }
        })
        {
            Shown = ["intercept", "slope", "lethal_dose"],
            Intervals = ["intercept", "slope", "lethal_dose"],
            AnswerName = "mortality",
            Answer = Curve,
        };
    }

    /// <summary>The share that dies of each dose, with the data.</summary>
    private static LineChart Curve(Draws draws)
    {
        const int Points = 61;
        double[] intercepts = draws.Scalar("intercept"), slopes = draws.Scalar("slope"), shares = new double[intercepts.Length];
        double[] x = new double[Points], low = new double[Points], middle = new double[Points], high = new double[Points];
        for (int i = 0; i < Points; i++)
        {
            x[i] = 1.67 + (0.23 * i / (Points - 1));
            for (int draw = 0; draw < shares.Length; draw++)
            {
                shares[draw] = 1 / (1 + Math.Exp(-(intercepts[draw] + (slopes[draw] * (x[i] - Centre)))));
            }
            Quantiles quantiles = Quantiles.Of(shares);
            (low[i], middle[i], high[i]) = (quantiles.Q05, quantiles.Median, quantiles.Q95);
        }
        LineChart chart = new() { Title = "Share of beetles killed", XAxis = new Axis("log10 of carbon disulphide, mg/l"), YAxis = new Axis("share", minimum: 0, maximum: 1.04) };
        chart.AddBand("median and middle 90 %", x, low, high).Add("median and middle 90 %", x, middle);
        for (int i = 0; i < Doses.Length; i++)
        {
            chart.Add(i == 0 ? "observed" : "", [Doses[i]], [Killed[i] / Beetles[i]], markers: true, color: Rgb.Parse("#1f2328"));
        }
        return chart;
    }
}
