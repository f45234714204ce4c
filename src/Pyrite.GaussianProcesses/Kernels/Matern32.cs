using Pyrite.Functions;
using Pyrite.Kernels;

namespace Pyrite;

/// <summary>The Matérn 3/2 kernel (1 + s) exp(-s) with s = √3 r: curves with a slope.</summary>
/// <remarks>Rasmussen and Williams 2006, equations 4.14 to 4.17. Its slope is exact at distance 0, too.</remarks>
public sealed class Matern32 : StationaryKernel
{
    /// <summary>Makes the kernel.</summary>
    /// <param name="lengthscale">Positive: a scalar for all columns, or [.., columns] with one for each.</param>
    /// <param name="dims">The columns that the kernel looks at; all if not given.</param>
    /// <exception cref="ArgumentException">A lengthscale is not positive.</exception>
    public Matern32(Tensor lengthscale, IReadOnlyList<int>? dims = null)
        : base(lengthscale, dims)
    {
    }

    /// <inheritdoc/>
    public override Tensor LogSpectralDensity(Tensor frequencies)
    {
        ArgumentNullException.ThrowIfNull(frequencies);
        (Tensor square, Tensor logVolume, int columns) = Scaled(frequencies);
        return MaternSpectrum.Of(1.5, square, logVolume, columns);
    }

    /// <inheritdoc/>
    protected override Tensor OfSquaredDistance(Tensor squaredDistance) => squaredDistance.Map<Matern32OfSquare>();
}
