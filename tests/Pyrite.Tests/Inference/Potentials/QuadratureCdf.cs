namespace Pyrite.Tests;

/// <summary>The distribution function of a density known up to a factor, by the trapezoidal rule on a grid.</summary>
internal sealed class QuadratureCdf
{
    private readonly double low;
    private readonly double step;
    private readonly double[] cumulative;

    /// <param name="logDensity">The logarithm of the density, up to a constant.</param>
    /// <param name="low">Below it there is nothing.</param>
    /// <param name="high">Above it there is nothing.</param>
    /// <param name="cells">How fine the grid is.</param>
    public QuadratureCdf(Func<double, double> logDensity, double low, double high, int cells = 20_000)
    {
        this.low = low;
        step = (high - low) / cells;
        double[] logs = [.. Enumerable.Range(0, cells + 1).Select(i => logDensity(low + (i * step)))];
        double greatest = logs.Where(double.IsFinite).Max();
        double[] density = Array.ConvertAll(logs, log => double.IsFinite(log) ? Math.Exp(log - greatest) : 0);
        cumulative = new double[cells + 1];
        for (int i = 1; i <= cells; i++)
        {
            cumulative[i] = cumulative[i - 1] + (0.5 * (density[i - 1] + density[i]));
        }
    }

    /// <summary>The chance of values up to x.</summary>
    public double Of(double x)
    {
        double at = Math.Clamp((x - low) / step, 0, cumulative.Length - 1);
        int cell = Math.Min((int)at, cumulative.Length - 2);
        return (cumulative[cell] + ((at - cell) * (cumulative[cell + 1] - cumulative[cell]))) / cumulative[^1];
    }
}
