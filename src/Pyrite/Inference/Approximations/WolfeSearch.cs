namespace Pyrite.Inference.Approximations;

/// <summary>Looks along a line uphill for a step that gains enough and leaves little slope.</summary>
/// <remarks>The strong Wolfe conditions; Nocedal and Wright, "Numerical Optimization", 2nd edition, algorithms 3.5 and 3.6, with bisection where the
/// density cannot be computed.</remarks>
/// <param name="potential">The log-density.</param>
/// <param name="from">Where the line begins.</param>
/// <param name="direction">Where it leads.</param>
/// <param name="value">The log-density at its beginning.</param>
/// <param name="slope">Its slope there, above 0.</param>
internal sealed class WolfeSearch(Potential potential, double[] from, double[] direction, double value, double slope)
{
    private const double LeastGain = 1e-4;
    private const double MostSlope = 0.9;
    private const int MostTries = 60;

    /// <summary>The point that was found.</summary>
    public double[] Point { get; } = new double[from.Length];

    /// <summary>The gradient there.</summary>
    public double[] Gradient { get; } = new double[from.Length];

    /// <summary>The log-density there.</summary>
    public double Value { get; private set; }

    /// <summary>How many gradients were computed.</summary>
    public int Evaluations { get; private set; }

    /// <summary>Whether a step was found that gains; <see cref="Point"/> is where it leads.</summary>
    /// <param name="first">The length that is tried first, in units of the direction.</param>
    public bool Run(double first)
    {
        double low = 0, lowValue = value, lowSlope = slope, high = double.PositiveInfinity, length = first;
        for (int tries = 0; tries < MostTries; tries++)
        {
            double there = At(length, out double slopeThere);
            bool isFinite = double.IsFinite(there) && double.IsFinite(slopeThere);
            if (!isFinite || there < value + (LeastGain * length * slope) || (low > 0 && there <= lowValue))
            {
                high = length;
            }
            else if (Math.Abs(slopeThere) <= MostSlope * slope)
            {
                return true;
            }
            else if (slopeThere < 0)
            {
                high = length;   // beyond the top
            }
            else
            {
                (low, lowValue, lowSlope) = (length, there, slopeThere);
            }
            length = double.IsPositiveInfinity(high) ? 2 * length : Between(low, lowValue, lowSlope, high, isFinite && high == length ? there : null);
            if (high - low <= 1e-14 * Math.Max(high, 1e-300))
            {
                break;
            }
        }
        return low > 0 && double.IsFinite(At(low, out _));
    }

    private double At(double length, out double slopeThere)
    {
        for (int i = 0; i < from.Length; i++)
        {
            Point[i] = from[i] + (length * direction[i]);
        }
        Value = potential.LogDensity(Point, Gradient);
        Evaluations++;
        slopeThere = AscentPath.Dot(direction, Gradient);
        return Value;
    }

    /// <summary>The top of the parabola through what is known, kept away from the ends.</summary>
    private static double Between(double low, double lowValue, double lowSlope, double high, double? highValue)
    {
        double width = high - low, middle = low + (0.5 * width);
        if (highValue is not { } end)
        {
            return middle;
        }
        double bend = lowValue + (lowSlope * width) - end;
        double top = bend > 0 ? low + (0.5 * lowSlope * width * width / bend) : middle;
        return Math.Clamp(top, low + (0.1 * width), high - (0.1 * width));
    }
}
