namespace Pyrite.Kernels.Special;

/// <summary>Newton's method that falls back to bisection, for functions that only rise or only fall.</summary>
internal static class MonotoneRoot
{
    private const int MaxSteps = 200;
    private const double Precise = 4e-16;

    /// <summary>The root.</summary>
    /// <param name="start">A first guess.</param>
    /// <param name="rising">Whether the function rises.</param>
    /// <param name="function">Gives value and slope.</param>
    public static double Find(double start, bool rising, Func<double, (double Value, double Slope)> function)
    {
        double low = double.NegativeInfinity;
        double high = double.PositiveInfinity;
        double x = start;
        double width = 1;
        for (int i = 0; i < MaxSteps; i++)
        {
            (double value, double slope) = function(x);
            if (value == 0 || double.IsNaN(value))
            {
                return x;
            }
            if (value > 0 == rising)
            {
                high = x;
            }
            else
            {
                low = x;
            }
            double next = x - (value / slope);
            if (Math.Abs(next - x) <= Precise * Math.Abs(x))
            {
                return next;
            }
            if (!(next > low && next < high) || !double.IsFinite(next))
            {
                width *= 2;
                next = double.IsInfinity(low) ? high - width : double.IsInfinity(high) ? low + width : 0.5 * (low + high);
            }
            x = next;
            if (high - low <= Precise * Math.Abs(x))
            {
                break;
            }
        }
        return x;
    }
}
