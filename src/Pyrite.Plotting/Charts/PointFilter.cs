using System.Globalization;

namespace Pyrite.Plotting.Charts;

/// <summary>Tells which points a pair of axes can show: finite ones, above zero on logarithmic axes.</summary>
internal readonly record struct PointFilter(AxisScale X, AxisScale Y)
{
    public bool CanDraw(double x, double y) => DataRange.CanDraw(X, x) && DataRange.CanDraw(Y, y);

    /// <summary>The stretches [start, end) of points that can all be drawn.</summary>
    public IEnumerable<(int Start, int End)> Runs(double[] x, double[] y, double[]? alsoY = null)
    {
        int start = 0;
        for (int i = 0; i <= x.Length; i++)
        {
            if (i == x.Length || !CanDraw(x[i], y[i]) || (alsoY is not null && !CanDraw(x[i], alsoY[i])))
            {
                if (i > start)
                {
                    yield return (start, i);
                }

                start = i + 1;
            }
        }
    }

    /// <summary>How many points cannot be drawn.</summary>
    public int CountLeftOut(double[] x, double[] y, double[]? alsoY = null)
    {
        int drawn = 0;
        foreach ((int start, int end) in Runs(x, y, alsoY))
        {
            drawn += end - start;
        }

        return x.Length - drawn;
    }

    /// <summary>The remark below a chart that leaves points out; empty if it leaves out none.</summary>
    public static string Note(int leftOut, int total, string what = "points") => leftOut == 0
        ? ""
        : string.Create(CultureInfo.InvariantCulture, $"{leftOut:N0} of {total:N0} {what} cannot be drawn");
}
