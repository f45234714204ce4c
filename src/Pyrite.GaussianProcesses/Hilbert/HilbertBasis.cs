using System.Globalization;
using Pyrite.Checks;

namespace Pyrite;

/// <summary>The functions of a Hilbert-space approximation: products over the columns of sin(ω (x - centre + L)) / √L with ω = j π / (2 L).</summary>
/// <remarks>Solin and Särkkä, "Hilbert space methods for reduced-rank Gaussian process regression", 2020, section 3. The functions depend on the box
/// alone, not on a kernel: compute <see cref="At"/> once, outside of the model.</remarks>
public sealed class HilbertBasis
{
    private const int Most = 1_000_000;

    private readonly int[] counts;

    /// <summary>Makes the basis.</summary>
    /// <param name="counts">How many functions in each column; all products of them are taken, the last column running fastest.</param>
    /// <param name="box">Where they live.</param>
    /// <exception cref="ArgumentException">Counts are not positive, not one for each column, or their product is above a million.</exception>
    public HilbertBasis(IReadOnlyList<int> counts, HilbertBox box)
    {
        ArgumentNullException.ThrowIfNull(counts);
        ArgumentNullException.ThrowIfNull(box);
        string found = string.Join(", ", counts.Select(count => count.ToString(CultureInfo.InvariantCulture)));
        if (counts.Count != box.Centre.Count || counts.Any(count => count < 1))
        {
            throw new ArgumentException(
                $"HilbertBasis: one positive count is needed for each of the {box.Centre.Count} columns of the box; found "
                    + $"[{found}].", nameof(counts));
        }
        double product = counts.Aggregate(1.0, (total, count) => total * count);
        if (product > Most)
        {
            throw new ArgumentException($"HilbertBasis: counts [{found}] make more than {Most} functions. Take fewer, or inducing "
                + $"points.", nameof(counts));
        }
        this.counts = [.. counts];
        Box = box;
        Count = (int)product;
        Frequencies = FrequenciesOf();
    }

    /// <summary>Where the functions live.</summary>
    public HilbertBox Box { get; }

    /// <summary>How many functions in each column.</summary>
    public IReadOnlyList<int> Counts => counts;

    /// <summary>How many functions there are.</summary>
    public int Count { get; }

    /// <summary>ω of each function in each column, [functions, columns]; their squares are the eigenvalues of the Laplacian.</summary>
    public Tensor Frequencies { get; }

    /// <summary>The values of the functions at places.</summary>
    /// <param name="x">[n, columns] or [n]; inside the box.</param>
    /// <returns>[n, functions].</returns>
    /// <exception cref="ArgumentException">A place lies outside of the box, where the approximation means nothing, or has other columns.</exception>
    public Tensor At(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        Tensor rows = Places.Wide(x);
        if (rows.Rank != 2 || rows.Shape[1] != counts.Length)
        {
            throw new ArgumentException($"HilbertBasis: places [n, {counts.Length}] are needed; found {x.Shape}.", nameof(x));
        }
        RequireInside(rows);
        Tensor all = Functions(rows, 0);
        for (int column = 1; column < counts.Length; column++)
        {
            Tensor own = Functions(rows, column);
            all = (all.Unsqueeze(-1) * own.Unsqueeze(-2)).Reshape(rows.Shape[0], all.Shape[1] * own.Shape[1]);
        }
        return all;
    }

    private Tensor Functions(Tensor rows, int column)
    {
        double width = Box.HalfWidth[column];
        Tensor frequencies = Tensor.From(Frequency(column));
        return ((rows.Slice(1, column, 1) + (width - Box.Centre[column])) * frequencies).Sin() / Math.Sqrt(width);
    }

    private double[] Frequency(int column) =>
        [.. Enumerable.Range(1, counts[column]).Select(j => j * Math.PI / (2 * Box.HalfWidth[column]))];

    private Tensor FrequenciesOf()
    {
        double[][] own = [.. Enumerable.Range(0, counts.Length).Select(Frequency)];
        double[] all = new double[Count * counts.Length];
        for (int function = 0; function < Count; function++)
        {
            int rest = function;
            for (int column = counts.Length - 1; column >= 0; column--)
            {
                (rest, int j) = Math.DivRem(rest, counts[column]);
                all[(function * counts.Length) + column] = own[column][j];
            }
        }
        return Tensor.From<double>(all, [Count, counts.Length]);
    }

    private void RequireInside(Tensor rows)
    {
        using NoGradient.Scope untracked = NoGradient.Begin();
        Tensor centre = Tensor.From([.. Box.Centre]);
        Tensor width = Tensor.From([.. Box.HalfWidth]);
        StepCheck.Add(((rows - centre).Abs() <= width).AllTrue(), new Refusal(Outside), "places", rows);
    }

    private ArgumentException Outside(Tensor rows)
    {
        double[] numbers = rows.ToArray<double>();
        int bad = Array.FindIndex([.. numbers.Index()], one => !IsInside(one.Item, one.Index % counts.Length));
        (int row, int column) = Math.DivRem(Math.Max(bad, 0), counts.Length);
        double low = Box.Centre[column] - Box.HalfWidth[column], high = Box.Centre[column] + Box.HalfWidth[column];
        return new ArgumentException(
            $"HilbertBasis: row {row} of the places has {ParameterCheck.Number(numbers[Math.Max(bad, 0)])} in column {column}, outside of the box "
                + $"from "
                + $"{ParameterCheck.Number(low)} to {ParameterCheck.Number(high)}, where the approximation means nothing. Lay the box around the "
                + $"places to predict "
                + "at as well: HilbertBox.Around(x, xNew).", "x");
    }

    private bool IsInside(double value, int column) => Math.Abs(value - Box.Centre[column]) <= Box.HalfWidth[column];
}
