namespace Pyrite.Benchmarks.Harness;

/// <summary>The median of some readings, and the range in which the middle half of them lies.</summary>
internal readonly record struct Quartiles(double Lower, double Median, double Upper)
{
    /// <summary>Quartiles by interpolation between neighbours (Hyndman and Fan 1996, definition 7).</summary>
    public static Quartiles Of(IEnumerable<double> readings)
    {
        double[] sorted = [.. readings.Order()];
        return sorted.Length > 0 ? new(At(0.25), At(0.5), At(0.75)) : throw new ArgumentException("Quartiles need at least one reading.");

        double At(double share)
        {
            double place = share * (sorted.Length - 1);
            int below = (int)place;
            return below + 1 == sorted.Length ? sorted[below] : sorted[below] + ((place - below) * (sorted[below + 1] - sorted[below]));
        }
    }

    /// <summary>The same readings in another unit.</summary>
    public Quartiles Times(double factor) => new(Lower * factor, Median * factor, Upper * factor);

    /// <summary>A number over each reading, such as a rate from times: the quartiles change places.</summary>
    public Quartiles Into(double numerator) => new(numerator / Upper, numerator / Median, numerator / Lower);
}
