using Pyrite.Checks;
using Pyrite.Kernels;

namespace Pyrite;

/// <summary>The cosine kernel cos(2π Σ (x - z) / lengthscale) over the columns: a single wave of unknown phase and height.</summary>
/// <remarks>In several columns the signed differences are added up before the cosine is taken, as in GPflow: a wave along a direction. GPyTorch and
/// tinygp take the cosine of a distance, which is no kernel in several columns: its matrices have negative eigenvalues. In one column all agree, with
/// GPyTorch's period_length half of this lengthscale. A wave in each column is the product, <c>new Cosine(2, [0]) * new Cosine(3, [1])</c>.</remarks>
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
