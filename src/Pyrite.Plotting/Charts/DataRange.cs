namespace Pyrite.Plotting.Charts;

/// <summary>Collects what an axis must show: the smallest and largest value that it can draw.</summary>
internal sealed class DataRange(AxisScale scale)
{
    /// <summary>Values beyond this size cannot be drawn: twice it is still finite, so that ranges never overflow.</summary>
    public const double Largest = 8e307;

    /// <summary>Values below this cannot be drawn on a logarithmic axis.</summary>
    public const double SmallestLogarithmic = 1e-300;

    public AxisScale Scale { get; } = scale;

    public double Minimum { get; private set; } = double.PositiveInfinity;

    public double Maximum { get; private set; } = double.NegativeInfinity;

    /// <summary>Whether all values are whole numbers, so that ticks between them would mislead.</summary>
    public bool IsWhole { get; private set; } = true;

    public bool IsEmpty => Minimum > Maximum;

    /// <summary>Whether an axis of this scale can show the value.</summary>
    public static bool CanDraw(AxisScale scale, double value) =>
        Math.Abs(value) <= Largest && (scale == AxisScale.Linear || value >= SmallestLogarithmic);

    public void Include(double value)
    {
        if (CanDraw(Scale, value))
        {
            Minimum = Math.Min(Minimum, value);
            Maximum = Math.Max(Maximum, value);
            IsWhole &= value == Math.Floor(value);
        }
    }
}
