using System.Globalization;
using Pyrite.Checks;
using Pyrite.Kernels;

namespace Pyrite;

/// <summary>A covariance function: how alike a process is at two places.</summary>
/// <remarks>
/// Places are the rows of tensors [.., n, columns], or [n] for one column; matrices are computed in Float64, whatever their type. Kernels add up
/// (<c>+</c>), multiply (<c>*</c>), and are scaled by numbers
/// or
/// tensors: <c>variance * new Rbf(lengthscale) + new Matern52(2, dims: [1])</c>. Parameters are tensors, so gradients flow to them; their batch axes,
/// where they have any, become batch axes of the matrices.
/// To write one of your own override <see cref="Evaluate"/> (or use <see cref="Of"/>, or <see cref="StationaryKernel"/>).
/// </remarks>
public abstract class Kernel
{
    private readonly int[]? columns;

    /// <summary>Chooses the columns.</summary>
    /// <param name="dims">The columns of a place that the kernel looks at, from 0; all if not given.</param>
    /// <exception cref="ArgumentException">A column is negative or comes twice, or there is none.</exception>
    protected Kernel(IReadOnlyList<int>? dims = null)
    {
        if (dims is not null && (dims.Count == 0 || dims.Any(column => column < 0) || dims.Distinct().Count() < dims.Count))
        {
            throw new ArgumentException($"{Name}: dims must name different columns, counted from 0; found "
                + $"[{Listed(dims)}].", nameof(dims));
        }
        columns = dims is null ? null : [.. dims];
    }

    /// <summary>The columns that the kernel looks at; null for all.</summary>
    public IReadOnlyList<int>? Dims => columns;

    /// <summary>The name that errors show.</summary>
    public virtual string Name => GetType().Name;

    /// <summary>The covariances between all rows of an array.</summary>
    /// <param name="x">Places, [.., n, columns] or [n].</param>
    /// <returns>[.., n, n], symmetric; with white noise on its diagonal, where the kernel has it.</returns>
    /// <exception cref="ArgumentException">The kernel needs columns that are not there.</exception>
    public Tensor Gram(Tensor x) => GramOf(RowsOf(x));

    /// <summary>The covariances between the rows of one array and those of another.</summary>
    /// <param name="x">Places, [.., n, columns] or [n].</param>
    /// <param name="z">Other places, [.., m, columns] or [m]; white noise knows them as others even where their numbers are the same.</param>
    /// <returns>[.., n, m].</returns>
    /// <exception cref="ArgumentException">The kernel needs columns that are not there.</exception>
    public Tensor Cross(Tensor x, Tensor z) => CrossOf(RowsOf(x), RowsOf(z));

    /// <summary>The variances at the rows of an array: the diagonal of <see cref="Gram"/>, without the rest.</summary>
    /// <param name="x">Places, [.., n, columns] or [n].</param>
    /// <returns>[.., n].</returns>
    public Tensor Diagonal(Tensor x) => DiagonalOf(RowsOf(x));

    /// <summary>The spectral density, by which Hilbert-space approximations stand for the kernel: the Fourier transform S(ω) = ∫ k(d) e^(-iω·d)
    /// dd.</summary>
    /// <param name="frequencies">Angular frequencies, [basis, columns].</param>
    /// <returns>[.., basis].</returns>
    /// <exception cref="NotSupportedException">See <see cref="LogSpectralDensity"/>.</exception>
    public Tensor SpectralDensity(Tensor frequencies) => LogSpectralDensity(frequencies).Exp();

    /// <summary>The logarithm of the spectral density, finite where the density itself is too small for a number.</summary>
    /// <param name="frequencies">Angular frequencies, [basis, columns].</param>
    /// <returns>[.., basis].</returns>
    /// <exception cref="NotSupportedException">The kernel has none that is known: it is not stationary, or its density has no plain
    /// formula.</exception>
    public virtual Tensor LogSpectralDensity(Tensor frequencies) => throw new NotSupportedException(
        $"{Name} has no spectral density here. Rbf, Matern12, Matern32 and Matern52 have one, also scaled, added, and multiplied over different "
            + "columns; for Periodic there is PeriodicHilbertProcess; for others use an exact or sparse process.");

    /// <summary>A kernel that is written as a function.</summary>
    /// <param name="function">Given pairs of rows whose axes broadcast, [.., n, 1, columns] and [.., 1, m, columns], gives their covariances, [.., n,
    /// m].
    /// Selecting a column gives [.., n, 1] and [.., 1, m].</param>
    /// <param name="name">The name that errors show.</param>
    /// <param name="dims">The columns that the function gets; all if not given.</param>
    /// <remarks>It must be symmetric and positive semidefinite; a matrix that is not is refused when it is factored.</remarks>
    public static Kernel Of(Func<Tensor, Tensor, Tensor> function, string name = "kernel", IReadOnlyList<int>? dims = null)
    {
        ArgumentNullException.ThrowIfNull(function);
        return new FunctionKernel(function, name, dims);
    }

    /// <summary>The sum: the covariance of two independent processes added up.</summary>
    public static Kernel operator +(Kernel a, Kernel b) => new SumKernel(a, b);

    /// <summary>The product.</summary>
    public static Kernel operator *(Kernel a, Kernel b) => new ProductKernel(a, b);

    /// <summary>The kernel times a variance.</summary>
    /// <param name="variance">Positive or 0; with batch axes it gives matrices of those.</param>
    /// <param name="kernel">The kernel.</param>
    public static Kernel operator *(Tensor variance, Kernel kernel) => new ScaledKernel(variance, kernel);

    /// <summary>The kernel times a variance.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="variance">Positive or 0; with batch axes it gives matrices of those.</param>
    public static Kernel operator *(Kernel kernel, Tensor variance) => new ScaledKernel(variance, kernel);

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    /// <summary>The covariance of each pair of rows.</summary>
    /// <param name="x">Rows [.., n, 1, columns] of the columns of <see cref="Dims"/>.</param>
    /// <param name="z">Rows that broadcast against them, [.., 1, m, columns], or [.., n, 1, columns] for variances.</param>
    /// <returns>The broadcast of the axes in front of the columns; batch axes of parameters go before (<see cref="Spread"/>).</returns>
    protected abstract Tensor Evaluate(Tensor x, Tensor z);

    /// <summary>A parameter beside matrices: two axes of size 1 behind its batch axes.</summary>
    /// <param name="parameter">A scalar or [batch].</param>
    protected static Tensor Spread(Tensor parameter) => SpreadOver(parameter, 2);

    /// <summary>Whether equal rows of one array are told apart, so that their covariance is not singular.</summary>
    internal virtual bool SeparatesEqualRows => false;

    /// <summary>Whether matrices are symmetric by construction; of a kernel that somebody else has written it is not known.</summary>
    internal virtual bool IsKnownToBeSymmetric => GetType().Assembly == typeof(Kernel).Assembly;

    /// <summary>Whether all that is looked at are columns of this list; of a kernel that looks at all columns it is not.</summary>
    internal virtual IReadOnlyCollection<int>? ColumnsLookedAt => columns;

    internal virtual Tensor GramOf(Tensor x) => CrossOf(x, x);

    internal virtual Tensor CrossOf(Tensor x, Tensor z) => PairsOf(x.Unsqueeze(-2), z.Unsqueeze(-3));

    internal virtual Tensor DiagonalOf(Tensor x)
    {
        Tensor rows = x.Unsqueeze(-2);
        return PairsOf(rows, rows).Squeeze(-1);
    }

    /// <summary>The covariances of pairs of rows with all their columns.</summary>
    internal Tensor PairsOf(Tensor x, Tensor z) => Evaluate(Chosen(x), Chosen(z));

    internal static Tensor SpreadOver(Tensor parameter, int axes)
    {
        for (int i = 0; parameter.Rank > 0 && i < axes; i++)
        {
            parameter = parameter.Unsqueeze(-1);
        }
        return parameter;
    }

    /// <summary>The chosen columns of rows, or of frequencies.</summary>
    private protected Tensor Chosen(Tensor x)
    {
        if (columns is null)
        {
            return x;
        }
        int found = x.Shape[^1];
        if (columns.Any(column => column >= found))
        {
            throw new ArgumentException(
                $"{Name}: column {columns.Max()} is wanted (dims [{Listed(columns)}], counted from 0), but the places have {found} "
                    + $"column{(found == 1 ? "" : "s")}.");
        }
        return columns.SequenceEqual(Enumerable.Range(0, found)) ? x
            : columns.Length == 1 ? x.Slice(-1, columns[0], 1)
            : x.Take(Tensor.From(Array.ConvertAll(columns, column => (long)column)), -1);
    }

    private static string Listed(IEnumerable<int> numbers) =>
        string.Join(", ", numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)));

    private static Tensor RowsOf(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return Places.Wide(x);
    }
}
