namespace Pyrite.Inference.Potentials;

/// <summary>What a run of the model gave at a point, so that it need not run there again.</summary>
/// <param name="Point">The point.</param>
/// <param name="Gradient">The gradient there.</param>
/// <param name="Value">The log-density there.</param>
internal sealed record ModelEvaluation(double[] Point, double[] Gradient, double Value)
{
    /// <summary>Keeps copies.</summary>
    public static ModelEvaluation Of(ReadOnlySpan<double> point, ReadOnlySpan<double> gradient, double value) =>
        new(point.ToArray(), gradient.ToArray(), value);

    /// <summary>The log-density and the gradient, if this is the point, bit for bit, and a gradient is wanted; else null.</summary>
    /// <param name="point">The point.</param>
    /// <param name="gradient">Takes the gradient.</param>
    public double? Take(ReadOnlySpan<double> point, Span<double> gradient)
    {
        if (gradient.Length != Gradient.Length || !point.SequenceEqual(Point))
        {
            return null;
        }
        Gradient.CopyTo(gradient);
        return Value;
    }
}
