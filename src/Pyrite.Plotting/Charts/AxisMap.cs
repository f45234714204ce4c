namespace Pyrite.Plotting.Charts;

/// <summary>Where values lie along an axis: 0 at its start, 1 at its end.</summary>
internal sealed class AxisMap
{
    // Ranges narrower than this share of their values could not be told apart on tick labels.
    private const double NarrowestShare = 1e-12;
    private const double NarrowestRange = 1e-300;

    private readonly AxisScale scale;
    private readonly double low;
    private readonly double high;
    private readonly bool isWhole;

    private AxisMap(AxisScale scale, double low, double high, bool isWhole)
    {
        this.scale = scale;
        this.low = low;
        this.high = high;
        this.isWhole = isWhole;
    }

    /// <summary>The length of the axis in its own units: of values, or of their logarithms.</summary>
    public double HalfLength => (0.5 * high) - (0.5 * low);

    /// <summary>An axis for the data; ends that the user has not set keep a margin, as a share of the range.</summary>
    public static AxisMap Fit(Axis axis, DataRange data, double lowMargin, double highMargin)
    {
        bool isLogarithmic = axis.Scale == AxisScale.Logarithmic;
        (double low, double high) = data.IsEmpty
            ? EmptyEnds(axis)
            : (Transform(axis.Scale, axis.Minimum ?? data.Minimum), Transform(axis.Scale, axis.Maximum ?? data.Maximum));
        double size = Math.Max(Math.Abs(low), Math.Abs(high));
        if ((0.5 * high) - (0.5 * low) <= Math.Max(NarrowestRange, NarrowestShare * size))
        {
            double room = isLogarithmic || size <= NarrowestRange ? 0.5 : 0.1 * size;
            (low, high) = axis.Minimum is not null ? (low, low + room) : axis.Maximum is not null ? (high - room, high) : (low - room, high + room);
        }
        else
        {
            double length = high - low;
            low -= axis.Minimum is null ? lowMargin * length : 0;
            high += axis.Maximum is null ? highMargin * length : 0;
        }

        return new AxisMap(axis.Scale, Math.Max(-1e308, low), Math.Min(1e308, high), data.IsWhole && !data.IsEmpty);
    }

    /// <summary>An axis from one value to another, linear.</summary>
    public static AxisMap Exactly(double low, double high) => new(AxisScale.Linear, low, high, isWhole: false);

    public bool CanDraw(double value) => DataRange.CanDraw(scale, value);

    public double ToUnit(double value) => ((0.5 * Transform(scale, value)) - (0.5 * low)) / HalfLength;

    /// <summary>The axis made longer around its middle.</summary>
    public AxisMap Stretch(double factor)
    {
        double middle = (0.5 * low) + (0.5 * high);
        return new AxisMap(scale, middle - (HalfLength * factor), middle + (HalfLength * factor), isWhole);
    }

    public TickSet Ticks(int mostIntervals) => scale == AxisScale.Logarithmic
        ? LogarithmicTicks.Choose(low, high, mostIntervals)
        : LinearTicks.Choose(low, high, mostIntervals, isWhole);

    // Without data an axis shows one unit, or one power of ten, beside the end that it was given.
    private static (double Low, double High) EmptyEnds(Axis axis)
    {
        double? low = axis.Minimum is { } minimum ? Transform(axis.Scale, minimum) : null;
        double? high = axis.Maximum is { } maximum ? Transform(axis.Scale, maximum) : null;
        return (low ?? high - 1 ?? 0, high ?? low + 1 ?? 1);
    }

    private static double Transform(AxisScale scale, double value) =>
        scale == AxisScale.Logarithmic ? Math.Log10(Math.Max(value, DataRange.SmallestLogarithmic)) : value;
}
