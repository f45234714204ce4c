using Pyrite.Checks;

namespace Pyrite;

/// <summary>Where the basis of a Hilbert-space approximation lives: from centre - half width to centre + half width in each column. Functions are 0
/// at its
/// ends, so it must be wider than the places.</summary>
public sealed class HilbertBox
{
    private readonly double[] centre;
    private readonly double[] halfWidth;

    /// <summary>Makes the box.</summary>
    /// <param name="centre">One number for each column.</param>
    /// <param name="halfWidth">L, one positive number for each column.</param>
    /// <exception cref="ArgumentException">Numbers are not finite, not positive, or not as many.</exception>
    public HilbertBox(IReadOnlyList<double> centre, IReadOnlyList<double> halfWidth)
    {
        ArgumentNullException.ThrowIfNull(centre);
        ArgumentNullException.ThrowIfNull(halfWidth);
        if (centre.Count == 0 || centre.Count != halfWidth.Count || !centre.All(double.IsFinite)
            || !halfWidth.All(width => width > 0 && double.IsFinite(width)))
        {
            throw new ArgumentException(
                $"HilbertBox: a finite centre and a positive half width are needed for each column; found centres [{Numbers(centre)}] and half "
                    + $"widths "
                    + $"[{Numbers(halfWidth)}].", nameof(halfWidth));
        }
        (this.centre, this.halfWidth) = ([.. centre], [.. halfWidth]);
    }

    /// <summary>The middle in each column.</summary>
    public IReadOnlyList<double> Centre => centre;

    /// <summary>L in each column.</summary>
    public IReadOnlyList<double> HalfWidth => halfWidth;

    /// <summary>How many rows of data it was made around; null where it was given by numbers.</summary>
    public int? Rows { get; private init; }

    /// <summary>The box around places, wider by a factor.</summary>
    /// <param name="x">The places of the data, [n, columns] or [n]; numbers that are there, not latents.</param>
    /// <param name="xNew">Places to predict at, which the box must hold, too; none if not given.</param>
    /// <param name="factor">c = L / half of the range; above 1. <see cref="HilbertGaussianProcess.Suggest{TKernel}"/> knows which.</param>
    /// <exception cref="ArgumentException">A place is not finite, all are the same, or the factor is not above 1.</exception>
    public static HilbertBox Around(Tensor x, Tensor? xNew = null, double factor = 1.5)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (!(factor > 1 && double.IsFinite(factor)))
        {
            throw new ArgumentException(
                $"HilbertBox: the factor must be above 1, because all functions are 0 at the ends of the box; found {ParameterCheck.Number(factor)}.",
                nameof(factor));
        }
        Tensor rows = Places.Wide(x);
        double[][] places = [.. Rowwise(rows), .. xNew is null ? Enumerable.Empty<double[]>() : Rowwise(Places.Wide(xNew))];
        int columns = rows.Shape[^1];
        if (places.Length == 0 || places.Any(row => row.Length != columns || !row.All(double.IsFinite)))
        {
            throw new ArgumentException($"HilbertBox: finite places of {columns} columns are needed to lay a box around.", nameof(x));
        }
        double[] low = [.. Enumerable.Range(0, columns).Select(column => places.Min(row => row[column]))];
        double[] high = [.. Enumerable.Range(0, columns).Select(column => places.Max(row => row[column]))];
        int flat = Array.FindIndex([.. low.Zip(high)], pair => pair.First == pair.Second);
        if (flat >= 0)
        {
            throw new ArgumentException(
                $"HilbertBox: all places have the same number {ParameterCheck.Number(low[flat])} in column {flat}; give the box by centre and half "
                    + $"width.",
                nameof(x));
        }
        double[] centres = [.. low.Zip(high, (a, b) => 0.5 * (a + b))];
        double[] widths = [.. low.Zip(high, (a, b) => 0.5 * factor * (b - a))];
        return new HilbertBox(centres, widths) { Rows = rows.Shape[^2] };
    }

    private static IEnumerable<double[]> Rowwise(Tensor rows) => rows.ToArray<double>().Chunk(rows.Shape[^1]);

    internal static string Numbers(IEnumerable<double> values) => string.Join(", ", values.Select(ParameterCheck.Number));
}
