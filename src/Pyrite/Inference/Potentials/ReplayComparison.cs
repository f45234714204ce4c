namespace Pyrite.Inference.Potentials;

/// <summary>A recorded log-density next to the model's own, at one point.</summary>
/// <remarks>
/// Compiled densities group sums in their own way, so the two differ by rounding. How much rounding can do depends on the model: an ill-conditioned
/// matrix multiplies it by its condition number. Where they differ by more than 1e-8, it is therefore measured by moving the point by a few units in
/// the last place, which changes the true density by nothing that could be seen; where the model computes in Float32, they are units of Float32. A
/// model that is no pure function differs from itself at the very same point, bit for bit, which rounding never does.
/// </remarks>
/// <param name="Replayed">What the program gives.</param>
/// <param name="Computed">What the model gives.</param>
/// <param name="IsSame">Whether both are the same function as far as rounding lets one see.</param>
internal sealed record ReplayComparison(double Replayed, double Computed, bool IsSame)
{
    private const double Tolerance = 1e-8;
    private const int Neighbours = 8;

    // The greatest of eight differences of rounding may fall short of another such difference, but hardly ever by this factor.
    private const double Margin = 10;

    // What the coordinates are mapped to, such as the exponential of one near zero, may have larger units than themselves.
    private const double Float32Unit = 1.0 / (1 << 23);

    /// <summary>A log-density with room for its gradient.</summary>
    public delegate double Density(ReadOnlySpan<double> point, Span<double> gradient);

    /// <summary>Compares at a point.</summary>
    /// <param name="point">The point.</param>
    /// <param name="program">The recorded density.</param>
    /// <param name="model">The density by running the model; minus infinity where it cannot be computed.</param>
    /// <param name="isNarrow">Whether some of it is computed in Float32.</param>
    /// <param name="withGradient">Whether gradients are compared; else the values alone.</param>
    public static ReplayComparison At(ReadOnlySpan<double> point, Density program, Density model, bool isNarrow = false, bool withGradient = true)
    {
        int slopes = withGradient ? point.Length : 0;
        Sample replayed = Sample.Of(program, point, point.Length), computed = Sample.Of(model, point, slopes);
        if (computed.Agrees(replayed, computed.Allowed(Tolerance)))
        {
            return new ReplayComparison(replayed.Value, computed.Value, IsSame: true);
        }
        bool isPure = computed.HasBitsOf(Sample.Of(model, point, slopes));
        return new ReplayComparison(replayed.Value, computed.Value, isPure && IsRounding(point, program, model, replayed, computed, isNarrow));
    }

    /// <summary>Whether the difference is of the size of those between a point and its neighbours in the last digits.</summary>
    private static bool IsRounding(ReadOnlySpan<double> point, Density program, Density model, in Sample replayed, in Sample computed,
        bool isNarrow)
    {
        (double value, double slope) = computed.Allowed(Tolerance);
        double valueNoise = 0, slopeNoise = 0;
        double[] moved = new double[point.Length];
        for (int k = 0; k < Neighbours; k++)
        {
            for (int i = 0; i < moved.Length; i++)
            {
                // Up or down by one to three units, in another pattern each time.
                int units = 1 + ((i + k) % 3);
                double size = Math.Abs(point[i]);
                double unit = isNarrow ? Float32Unit * Math.Max(1, size) : Math.BitIncrement(size) - size;
                moved[i] = point[i] + (((k >> (i % 3)) & 1) == 0 ? units * unit : -units * unit);
            }
            Sample modelThere = Sample.Of(model, moved, computed.Gradient.Length), programThere = Sample.Of(program, moved, moved.Length);
            foreach ((Sample here, Sample there) in ((Sample, Sample)[])[(computed, modelThere), (replayed, programThere)])
            {
                if (double.IsFinite(here.Value) != double.IsFinite(there.Value))
                {
                    // One of two points that are the same but for the last digits cannot be computed: a matrix at the edge of being positive
                    // definite.
                    return true;
                }
                (double ofValue, double ofSlope) = here.Distance(there);
                valueNoise = Math.Max(valueNoise, ofValue);
                slopeNoise = Math.Max(slopeNoise, ofSlope);
            }
        }
        return computed.Agrees(replayed, (value + (Margin * valueNoise), slope + (Margin * slopeNoise)));
    }

    private readonly record struct Sample(double Value, double[] Gradient)
    {
        public static Sample Of(Density density, ReadOnlySpan<double> point, int slopes)
        {
            double[] gradient = new double[slopes];
            return new Sample(density(point, gradient), gradient);
        }

        /// <summary>Differences that mean nothing for numbers of this size.</summary>
        public (double Value, double Slope) Allowed(double tolerance)
        {
            double largest = 1;
            foreach (double slope in Gradient)
            {
                largest = double.IsFinite(slope) ? Math.Max(largest, Math.Abs(slope)) : largest;
            }
            return (tolerance * (1 + Math.Abs(Value)), tolerance * largest);
        }

        public (double Value, double Slope) Distance(in Sample other)
        {
            double slope = 0;
            for (int i = 0; i < Gradient.Length && double.IsFinite(Value); i++)
            {
                double difference = Math.Abs(Gradient[i] - other.Gradient[i]);
                slope = double.IsNaN(difference) ? slope : Math.Max(slope, difference);
            }
            return (double.IsFinite(Value) ? Math.Abs(Value - other.Value) : 0, slope);
        }

        /// <summary>Whether a program's numbers are within allowed differences; where neither density is finite, the gradients do not
        /// matter.</summary>
        public bool Agrees(in Sample program, (double Value, double Slope) allowed)
        {
            if (!double.IsFinite(Value))
            {
                return !double.IsFinite(program.Value);
            }
            bool agrees = Math.Abs(program.Value - Value) <= allowed.Value;
            for (int i = 0; i < Gradient.Length && agrees; i++)
            {
                agrees =
                    Math.Abs(program.Gradient[i] - Gradient[i]) <= allowed.Slope || double.IsNaN(Gradient[i]) || Gradient[i] == program.Gradient[i];
            }
            return agrees;
        }

        public bool HasBitsOf(in Sample other) =>
            Value.Equals(other.Value) && (!double.IsFinite(Value) || Gradient.AsSpan().SequenceEqual(other.Gradient));
    }
}
