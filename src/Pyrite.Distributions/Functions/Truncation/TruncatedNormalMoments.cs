using Pyrite.Kernels.Special;


namespace Pyrite.Functions.Truncation;

/// <summary>Moments of a Gaussian between two bounds, for single numbers: quadrature of offsets from the mode, so that nothing cancels however far
/// out or close together the bounds are.</summary>
internal readonly struct TruncatedNormalMoments
{
    private const int Panels = 12;

    /// <summary>Where the density has fallen by e⁻⁴⁵, which is 3e-20, nothing is left that would change a digit.</summary>
    private const double Negligible = 45;

    private readonly double scale;
    private readonly double slope;
    private readonly double from;
    private readonly double to;

    /// <summary>Looks at a Gaussian between bounds.</summary>
    public TruncatedNormalMoments(double loc, double scale, double low, double high)
    {
        this.scale = scale;
        Peak = Math.Clamp(loc, low, high);
        slope = (Peak - loc) / scale;
        double reach = 2 * Negligible / (Math.Sqrt((slope * slope) + (2 * Negligible)) + Math.Abs(slope));
        from = Math.Max((low - Peak) / scale, -reach);
        to = Math.Min((high - Peak) / scale, reach);
        Mass = Integral(_ => 1);
        Shift = Integral(offset => offset) / Mass;
    }

    /// <summary>The mode.</summary>
    public double Peak { get; }

    /// <summary>The integral of the density over that of the mode, in units of the scale.</summary>
    public double Mass { get; }

    /// <summary>By how much the mean lies above the mode, in units of the scale.</summary>
    public double Shift { get; }

    /// <summary>The mean.</summary>
    public double Mean => Peak + (scale * Shift);

    /// <summary>How far the mean lies above a point.</summary>
    public double MeanAbove(double point) => (Peak - point) + (scale * Shift);

    /// <summary>E[(X - mean)ᵏ].</summary>
    public double Central(int power)
    {
        double shift = Shift;
        double moment = Integral(offset =>
        {
            double deviation = offset - shift;
            double square = deviation * deviation;
            return power == 2 ? square : power == 3 ? square * deviation : square * square;
        }) / Mass;
        return moment * Math.Pow(scale, power);
    }

    /// <summary>By how much the log-density at a point lies below that of the mode.</summary>
    public double DropAt(double point) => Drop((point - Peak) / scale);

    /// <summary>The mean of <see cref="DropAt"/>.</summary>
    public double MeanDrop
    {
        get
        {
            TruncatedNormalMoments self = this;
            return Integral(self.Drop) / Mass;
        }
    }

    /// <summary>The density at a point; 0 at infinite ones.</summary>
    public double DensityAt(double point) => double.IsInfinity(point) ? 0 : Math.Exp(-DropAt(point)) / (scale * Mass);

    private double Drop(double offset) => offset * (slope + (0.5 * offset));

    private double Integral(Func<double, double> function)
    {
        TruncatedNormalMoments self = this;
        double Weighted(double offset) => function(offset) * Math.Exp(-self.Drop(offset));
        return (from < 0 ? GaussLegendre.Integrate(from, 0, Panels, Weighted) : 0) + (to > 0 ? GaussLegendre.Integrate(0, to, Panels, Weighted) : 0);
    }
}
