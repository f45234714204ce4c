namespace Pyrite.Conformance;

/// <summary>A derivative from one side, by difference quotients alone, with what is known of its error.</summary>
/// <param name="Value">The derivative; infinite where the function is infinite at the point itself, NaN where nothing can be said.</param>
/// <param name="Error">A bound of its error from extrapolation and rounding.</param>
internal readonly record struct OneSidedQuotient(double Value, double Error)
{
    private const int Halvings = 4;
    private const int Starts = 16;
    private const double UnitRoundoff = 1.2e-16;
    private const double OrdinaryTerm = 30;   // logarithms of numbers about 1e-12, of which a density may be the small difference

    /// <summary>Whether the error is small enough to judge a gradient by it.</summary>
    public bool IsKnown => double.IsInfinity(Value) || Error < 0.1 * Math.Abs(Value);

    /// <summary>The derivatives of a function at x that differences of many sizes give, looking only to one side of it.</summary>
    /// <remarks>Polynomial extrapolation of quotients with halved steps (Ridders 1982) from first steps of 16 sizes; those far too large change with
    /// the size, those too small have errors of their own size.</remarks>
    /// <param name="function">The function.</param>
    /// <param name="isInside">Where it is defined: an interval that holds x.</param>
    /// <param name="x">The point.</param>
    /// <param name="side">+1 or -1.</param>
    public static IEnumerable<OneSidedQuotient> Of(Func<double, double> function, Func<double, bool> isInside, double x, int side)
    {
        double here = function(x);
        double step = side * (x == 0 ? 0.25 : 0.25 * Math.Abs(x));
        OneSidedQuotient coarse = new(double.NaN, 0);
        for (int i = 0; i < Starts && !double.IsNaN(here) && double.IsFinite(x); i++, step /= x == 0 ? 16 : 8)
        {
            if (!isInside(x + step))
            {
                continue;
            }
            if (double.IsInfinity(here))
            {
                double beside = function(x + step);
                yield return new(double.IsFinite(beside) ? (beside > here ? 1 : -1) * Math.Sign(step) * double.PositiveInfinity : double.NaN, 0);
                yield break;
            }
            OneSidedQuotient fine = Extrapolated(function, here, x, step);
            if (Math.Abs(fine.Value - coarse.Value) <= (0.1 * Math.Abs(coarse.Value)) + coarse.Error + fine.Error)
            {
                yield return coarse;
            }
            coarse = fine;
        }
    }

    private static OneSidedQuotient Extrapolated(Func<double, double> function, double here, double x, double step)
    {
        double[] row = [];
        double error = double.PositiveInfinity;
        for (int i = 0; i < Halvings; i++, step *= 0.5)
        {
            double there = function(x + step);
            double width = x + step - x;
            if (!double.IsFinite(there) || width == 0)
            {
                return new(double.NaN, double.PositiveInfinity);
            }
            double[] next = new double[row.Length + 1];
            next[0] = (there - here) / width;
            for (int order = 1; order < next.Length; order++)
            {
                next[order] = next[order - 1] + ((next[order - 1] - row[order - 1]) / (Math.Pow(2, order) - 1));
            }
            // The values are known to a few units of their last digit; extrapolation magnifies that by less than 20.
            error = 40 * UnitRoundoff * (Math.Abs(here) + Math.Abs(there) + OrdinaryTerm) / Math.Abs(width);
            error += next.Length > 1 ? Math.Abs(next[^1] - next[^2]) : double.PositiveInfinity;
            row = next;
        }
        return new(row[^1], error);
    }
}
