namespace Pyrite.Plotting;

/// <summary>What a chart's user can say about one axis: its label, its scale and where it starts and ends.</summary>
/// <remarks>Ends that are not given are chosen from the data, with a small margin.</remarks>
public sealed record Axis
{
    /// <summary>Describes an axis.</summary>
    /// <param name="label">Text beside the axis; empty for none.</param>
    /// <param name="scale">Linear, or logarithmic to base 10.</param>
    /// <param name="minimum">Where the axis starts; null to fit the data.</param>
    /// <param name="maximum">Where the axis ends; null to fit the data.</param>
    /// <exception cref="ArgumentException">An end is not finite, the ends are not in order, or one is not positive on a logarithmic axis.</exception>
    public Axis(string label = "", AxisScale scale = AxisScale.Linear, double? minimum = null, double? maximum = null)
    {
        ArgumentNullException.ThrowIfNull(label);
        RequireUsable(minimum, scale, nameof(minimum));
        RequireUsable(maximum, scale, nameof(maximum));
        if (minimum >= maximum)
        {
            throw new ArgumentException($"An axis needs minimum < maximum, found {minimum} and {maximum}.", nameof(minimum));
        }

        Label = label;
        Scale = scale;
        Minimum = minimum;
        Maximum = maximum;
    }

    /// <summary>Text beside the axis; empty for none.</summary>
    public string Label { get; }

    /// <summary>Linear, or logarithmic to base 10.</summary>
    public AxisScale Scale { get; }

    /// <summary>Where the axis starts; null to fit the data.</summary>
    public double? Minimum { get; }

    /// <summary>Where the axis ends; null to fit the data.</summary>
    public double? Maximum { get; }

    private static void RequireUsable(double? end, AxisScale scale, string name)
    {
        if (end is not { } value)
        {
            return;
        }

        if (!double.IsFinite(value) || Math.Abs(value) > Charts.DataRange.Largest)
        {
            throw new ArgumentException($"An axis must end at a finite value of at most {Charts.DataRange.Largest:0.#e0} in size, found {value}.",
                name);
        }

        if (scale == AxisScale.Logarithmic && value <= 0)
        {
            throw new ArgumentException($"A logarithmic axis must end at a value above zero, found {value}.", name);
        }
    }

    /// <summary>All values by name, the same in every culture.</summary>
    public override string ToString() => RecordText.Of(this);
}
