namespace Pyrite.Inference.Diagnostics;

/// <summary>What tensors of a site's draws hold.</summary>
internal static class DrawsType
{
    /// <summary>Beyond this not every whole number is a double.</summary>
    private const double LargestWhole = 9007199254740992;

    /// <summary>The type of a column of a text file, which does not say it: Int64 where all numbers are whole, as spreadsheets and R take it; what
    /// the sampler reports stays Float64.</summary>
    public static DType OfNumbers(string name, double[] values) =>
        values.Length > 0 && !name.EndsWith("__", StringComparison.Ordinal)
            && Array.TrueForAll(values, value => Math.Abs(value) <= LargestWhole && Math.Truncate(value) == value) ? DType.Int64 : DType.Float64;

    /// <summary>Int64 where all values are whole numbers: sites of counts, categories and truth values, and computed integers. Else
    /// Float64.</summary>
    public static DType Of(Site site) => site switch
    {
        SampleSite sample => sample.Distribution.HasIntegerValues ? DType.Int64 : DType.Float64,
        DeterministicSite { Value.DType.IsFloatingPoint: false } => DType.Int64,
        _ => DType.Float64,
    };
}
