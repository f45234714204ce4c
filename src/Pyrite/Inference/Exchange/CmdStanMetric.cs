using System.Globalization;
using Pyrite.Inference.Samplers.Metrics;

namespace Pyrite.Inference.Exchange;

/// <summary>What CmdStan writes about the end of warm-up, and about the time a chain took.</summary>
internal static class CmdStanMetric
{
    public const string Unit = "unit_e";
    public const string Diagonal = "diag_e";
    public const string Dense = "dense_e";

    /// <summary>Stan's name of a metric; null stands for the unit metric.</summary>
    public static string NameOf(Metric? metric) => metric switch
    {
        null => Unit,
        DiagonalMetric => metric.Variances.All(variance => variance == 1) ? Unit : Diagonal,
        _ => Dense,
    };

    /// <summary>The lines that end the warm-up.</summary>
    public static IEnumerable<string> Lines(CmdStanAdaptation adaptation)
    {
        yield return "# Adaptation terminated";
        yield return "# Step size = " + CmdStanHeader.Number(adaptation.StepSize);
        switch (NameOf(adaptation.Metric))
        {
            case Unit:
                yield return "# No free parameters for unit metric";
                break;
            case Diagonal:
                yield return "# Diagonal elements of inverse mass matrix:";
                yield return "# " + string.Join(", ", adaptation.Metric!.Variances.Select(CmdStanHeader.Number));
                break;
            default:
                yield return "# Elements of inverse mass matrix:";
                double[] axis = new double[adaptation.Metric!.Dimension], row = new double[axis.Length];
                for (int i = 0; i < axis.Length; i++)
                {
                    axis[i] = 1;
                    adaptation.Metric.Velocity(axis, row);
                    axis[i] = 0;
                    yield return "# " + string.Join(", ", row.Select(CmdStanHeader.Number));
                }
                break;
        }
    }

    /// <summary>The lines that end a file. Seconds have no exponents, which CmdStanPy does not read there.</summary>
    /// <remarks>The libraries look at no clock, so that the same seed gives the same bytes: times are 0 unless the caller has measured
    /// them.</remarks>
    public static IEnumerable<string> Times(double warmup, double sampling) =>
    [
        "# ",
        $"#  Elapsed Time: {Seconds(warmup)} seconds (Warm-up)",
        $"#                {Seconds(sampling)} seconds (Sampling)",
        $"#                {Seconds(warmup + sampling)} seconds (Total)",
        "# ",
    ];

    private static string Seconds(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
