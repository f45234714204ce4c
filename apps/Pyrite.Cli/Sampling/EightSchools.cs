using Pyrite.Plotting;
using static Pyrite.Primitives;

namespace Pyrite.Cli.Sampling;

/// <summary>The effects of coaching in eight schools (Rubin, "Estimation in parallel randomized experiments", 1981), with a centred and a non-centred
/// hierarchy.</summary>
internal static class EightSchools
{
    public const string Name = "eight-schools";
    public const string Title = "Hierarchical means of eight experiments, non-centred (Rubin 1981)";
    public const string CentredName = "eight-schools-centred";
    public const string CentredTitle = "The same as one would write it first: a funnel, and what the diagnostics say about it";

    private static readonly string[] Schools =
        ["Choate", "Deerfield", "Phillips Andover", "Phillips Exeter", "Hotchkiss", "Lawrenceville", "St. Paul's", "Mt. Hermon"];

    private static readonly double[] Effects = [28, 8, -3, 7, -1, 1, 18, 12];
    private static readonly double[] Errors = [15, 10, 16, 11, 9, 11, 10, 18];

    public static SamplingExample NonCentred()
    {
        Tensor y = Tensor.From(Effects), sigma = Tensor.From(Errors);
        return new(Name, Title, () =>
        {
            Tensor mu = Sample("mu", new Normal(0, 5));
            Tensor tau = Sample("tau", new HalfCauchy(5));
            using (Plate("schools", Schools))
            {
                Tensor theta = Deterministic("theta", mu + (tau * Sample("z", new Normal(0, 1))));
                Sample("y", new Normal(theta, sigma), observed: y);
            }
        })
        {
            TargetAcceptance = 0.95,
            Shown = ["mu", "tau", "z[Choate]"],
            Intervals = ["mu", "tau", "theta"],
            AnswerName = "schools",
            Answer = Shrinkage,
        };
    }

    public static SamplingExample Centred()
    {
        Tensor y = Tensor.From(Effects), sigma = Tensor.From(Errors);
        return new(CentredName, CentredTitle, () =>
        {
            Tensor mu = Sample("mu", new Normal(0, 5));
            Tensor tau = Sample("tau", new HalfCauchy(5));
            Deterministic("log_tau", tau.Log());
            using (Plate("schools", Schools))
            {
                // Small tau presses all theta together: a funnel, in which no single step size fits.
                Tensor theta = Sample("theta", new Normal(mu, tau));
                Sample("y", new Normal(theta, sigma), observed: y);
            }
        })
        {
            Shown = ["mu", "log_tau", "theta[Choate]"],
            Intervals = ["mu", "tau", "theta"],
            AnswerName = "schools",
            Answer = Shrinkage,
        };
    }

    /// <summary>What each experiment says alone beside what it says among the others.</summary>
    private static Chart Shrinkage(Draws draws)
    {
        const double Middle50 = 0.6745, Middle90 = 1.6449;      // normal quantiles of 75 % and 95 %
        Chart chart = new("Effect of coaching: each school alone, and among the eight", "points in the test", height: 620)
        {
            Note = "middle 50 % and 90 %",
        };
        for (int school = 0; school < Effects.Length; school++)
        {
            double y = Effects[school], error = Errors[school];
            Quantiles theta = Quantiles.Of(draws.Scalar($"theta[{Schools[school]}]"));
            chart.AddInterval($"{Schools[school]} alone", y, (y - (Middle50 * error), y + (Middle50 * error)),
                (y - (Middle90 * error), y + (Middle90 * error)), ScottPlot.Color.Gray(150));
            chart.AddInterval($"{Schools[school]} among eight", theta.Median, (theta.Q25, theta.Q75), (theta.Q05, theta.Q95));
        }
        return chart;
    }
}
