using System.Globalization;
using ScottPlot;
using SkiaSharp;

namespace Pyrite.Plotting;

/// <summary>Points of several classes, drawn in the order given, each in the colour of its class.</summary>
public sealed class ClassPoints : IPlottable
{
    private readonly double[] x;
    private readonly double[] y;
    private readonly int[] classes;
    private readonly IReadOnlyList<string> names;

    internal ClassPoints(double[] x, double[] y, int[] classes, IReadOnlyList<string> names)
    {
        (this.x, this.y, this.classes, this.names) = (x, y, classes, names);
        Diameter = x.Length <= 200 ? 8 : x.Length <= 2000 ? 6 : x.Length <= 20_000 ? 4.4f : 3;
        Opacity = x.Length <= 200 ? 0.9 : x.Length <= 20_000 ? 0.75 : 0.5;
    }

    /// <inheritdoc/>
    public bool IsVisible { get; set; } = true;

    /// <inheritdoc/>
    public IAxes Axes { get; set; } = new Axes();

    /// <summary>The size of a point in pixels; smaller the more there are by default.</summary>
    public float Diameter { get; set; }

    /// <summary>How much of what lies below it a point hides, above 0 to 1; less the more there are by default.</summary>
    public double Opacity { get; set; }

    /// <inheritdoc/>
    public IEnumerable<LegendItem> LegendItems => classes.Distinct().Order().Select(one => new LegendItem
    {
        LabelText = one < names.Count ? names[one] : one.ToString(CultureInfo.InvariantCulture),
        MarkerStyle = new MarkerStyle(MarkerShape.FilledCircle, 10, ColorOf(one)),
        Plottable = this,
    });

    /// <inheritdoc/>
    public AxisLimits GetAxisLimits()
    {
        ExpandingAxisLimits limits = new();
        for (int i = 0; i < x.Length; i++)
        {
            if (double.IsFinite(x[i]) && double.IsFinite(y[i]))
            {
                limits.Expand(x[i], y[i]);
            }
        }
        return limits.AxisLimits;
    }

    /// <inheritdoc/>
    public void Render(RenderPack rp)
    {
        ArgumentNullException.ThrowIfNull(rp);
        SKPaint[] paints = Array.ConvertAll([.. Theme.ClassColors],
            color => new SKPaint { Color = color.WithOpacity(Opacity).ToSKColor(), IsAntialias = true });
        for (int i = 0; i < x.Length; i++)
        {
            if (double.IsFinite(x[i]) && double.IsFinite(y[i]))
            {
                Pixel at = Axes.GetPixel(new Coordinates(x[i], y[i]));
                rp.Canvas.DrawCircle(at.X, at.Y, 0.5f * Diameter, paints[classes[i] % paints.Length]);
            }
        }
        Array.ForEach(paints, paint => paint.Dispose());
    }

    private static Color ColorOf(int one) => Theme.ClassColors[one % Theme.ClassColors.Count];
}
