namespace Pyrite;

/// <summary>The mean and the standard deviation of data, by which they are brought to mean 0 and standard deviation 1, and back.</summary>
/// <remarks>Find it on the rows that a model is fitted to, and apply it to others as it is.</remarks>
/// <param name="Mean">The mean of each column: shape [], or [columns].</param>
/// <param name="Scale">The standard deviation of each column, with rows - 1 as divisor: the shape of <paramref name="Mean"/>.</param>
public sealed record Standardization(Tensor Mean, Tensor Scale)
{
    /// <summary>The mean and the standard deviation of columns.</summary>
    /// <param name="values">Reals of shape [rows] or [rows, columns], with at least two rows.</param>
    /// <exception cref="ArgumentException">There are fewer than two rows, a value is missing or infinite, or a column is constant.</exception>
    public static Standardization Of(Tensor values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Rank is 0 or > 2 || values.Shape[0] < 2)
        {
            throw new ArgumentException(
                $"Cannot standardize a tensor of shape {values.Shape}: expected [rows] or [rows, columns] with at least 2 rows.", nameof(values));
        }
        Tensor wide = values.To(DType.Float64), mean = wide.Mean([0]);
        Tensor scale = ((wide - mean).Square().Sum(0) / (values.Shape[0] - 1)).Sqrt();
        double[] scales = scale.ToArray<double>();
        for (int i = 0; i < scales.Length; i++)
        {
            if (!(scales[i] > 0 && double.IsFinite(scales[i])))
            {
                string why = scales[i] == 0
                    ? "all of its values are equal. Leave it out."
                    : "it holds values that are missing or infinite. Drop those rows first, with Table.DropMissing.";
                throw new ArgumentException($"Cannot standardize{(values.Rank == 1 ? "" : $" column {i}")}: {why}", nameof(values));
            }
        }
        DType type = values.DType.IsFloatingPoint ? values.DType : Precision.Default;
        return new Standardization(mean.To(type), scale.To(type));
    }

    /// <summary>(values - mean) / scale.</summary>
    /// <param name="values">Shape […, columns] for a standardization of columns, else any.</param>
    public Tensor Apply(Tensor values) => (values - Mean) / Scale;

    /// <summary>Values in their own unit again: values · scale + mean.</summary>
    /// <param name="values">Shape […, columns] for a standardization of columns, else any.</param>
    public Tensor Undo(Tensor values) => (values * Scale) + Mean;
}
