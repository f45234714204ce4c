using Pyrite.Checks;
using Pyrite.Kernels;

namespace Pyrite;

/// <summary>The cosine kernel cos(2π Σ (x - z) / lengthscale) over the columns: a single wave of unknown phase and height.</summary>
/// <remarks>The sum runs over the columns before the cosine is taken, because the cosine of a distance in several columns is no kernel.</remarks>
public sealed class Cosine : Kernel
{
    /// <summary>Makes the kernel.</summary>
    /// <param name="lengthscale">The length of the wave; positive: a scalar for all columns, or [.., columns].</param>
    /// <param name="dims">The columns that the kernel looks at; all if not given.</param>
    /// <exception cref="ArgumentException">A lengthscale is not positive.</exception>
    public Cosine(Tensor lengthscale, IReadOnlyList<int>? dims = null)
        : base(dims) => Lengthscale = ParameterCheck.RequirePositive(Name, "lengthscale", lengthscale);

    /// <summary>The length of the wave.</summary>
    public Tensor Lengthscale { get; }

    /// <inheritdoc/>
    protected override Tensor Evaluate(Tensor x, Tensor z)
    {
        int columns = x.Shape[^1];
        SquaredDistances.RequireColumns(Name, Lengthscale, columns);
        return (2 * Math.PI * SquaredDistances.Sum(
            columns, column => SquaredDistances.Difference(x, z, column) / SquaredDistances.Of(Lengthscale, column))).Cos();
    }
}
