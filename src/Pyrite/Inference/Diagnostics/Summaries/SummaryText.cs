using System.Globalization;
using System.Text;

namespace Pyrite.Inference.Diagnostics.Summaries;

/// <summary>A summary as text: numbers with as many digits as their Monte Carlo errors leave.</summary>
internal static class SummaryText
{
    private const int MostDecimals = 8;
    private const double LargestPlain = 1e7;
    private const int AnglesNamed = 10;

    public static string Of(Summary summary)
    {
        TextTable table = new([.. Header(summary)]);
        foreach (SummaryRow row in summary.Rows)
        {
            table.Add([.. Cells(summary, row)]);
        }
        StringBuilder text = new(table.ToString());
        SummaryRow[] angles = [.. summary.Rows.Where(row => row.IsCircular)];
        if (angles.Length > 0)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"\nAngles in radians, with circular mean, sd and "
                    + $"intervals: {string.Join(", ", angles.Take(AnglesNamed).Select(row => row.Name))}{(angles.Length > AnglesNamed
                        ? ", …"
                        : "")}.\n");
        }
        foreach (string sentence in summary.Advice)
        {
            text.Append('\n').Append(sentence).Append('\n');
        }
        return text.ToString();
    }

    /// <summary>What stands above the columns.</summary>
    public static List<string> Header(Summary summary)
    {
        List<string> header = ["", "mean", "sd", "MAD"];
        foreach (double probability in summary.Options.Quantiles)
        {
            header.Add(Percent(probability));
        }
        if (summary.Options.HdiProbability is { } share)
        {
            header.Add("HDI " + Percent(share));
            if (!summary.Options.IsMultimodal)
            {
                header.Add("to");
            }
        }
        if (summary.HasChains)
        {
            header.Add("MCSE");
            header.Add("R-hat");
            header.Add("ESS bulk");
            header.Add("ESS tail");
        }
        return header;
    }

    /// <summary>The cells of a row, its name first.</summary>
    public static List<string> Cells(Summary summary, SummaryRow row)
    {
        // Without chains the draws are taken as independent.
        double error = summary.HasChains ? row.McseMean : row.StandardDeviation / 30;
        List<string> cells = [row.Name, Number(row.Mean, error), Number(row.StandardDeviation, error), Number(row.Mad, error)];
        foreach (double quantile in row.Quantiles)
        {
            cells.Add(Number(quantile, error));
        }
        if (row.HdiRegions is { } regions)
        {
            cells.Add(
                regions.Count == 0
                    ? "-"
                    : string.Join(", ", regions.Select(region => $"{Number(region.Low, error)} to {Number(region.High, error)}")));
        }
        else if (row.Hdi is { } interval)
        {
            cells.Add(Number(interval.Low, error));
            cells.Add(Number(interval.High, error));
        }
        if (summary.HasChains)
        {
            cells.Add(Number(row.McseMean, row.McseMean / 10));
            cells.Add(double.IsNaN(row.RHat) ? "-" : row.RHat.ToString("0.000", CultureInfo.InvariantCulture));
            cells.Add(double.IsNaN(row.EssBulk) ? "-" : row.EssBulk.ToString("0", CultureInfo.InvariantCulture));
            cells.Add(double.IsNaN(row.EssTail) ? "-" : row.EssTail.ToString("0", CultureInfo.InvariantCulture));
        }
        return cells;
    }

    /// <summary>A number up to the decimal in which its error begins.</summary>
    private static string Number(double value, double error)
    {
        if (double.IsNaN(value))
        {
            return "-";
        }
        if (!(error > 0) || !double.IsFinite(error))
        {
            return value.ToString("G4", CultureInfo.InvariantCulture);
        }
        int decimals = Math.Max(0, -(int)Math.Floor(Math.Log10(error)));
        if (Math.Abs(value) < 0.5 * Math.Pow(10, -decimals))
        {
            value = 0;          // no "-0.00"
        }
        return decimals > MostDecimals || Math.Abs(value) >= LargestPlain
            ? value.ToString("0.00e+0", CultureInfo.InvariantCulture)
            : value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    private static string Percent(double probability) => (100 * probability).ToString("0.##", CultureInfo.InvariantCulture) + "%";
}
