using Pyrite.Functions;
using Pyrite.Kernels;

namespace Pyrite;

/// <summary>The Matérn 1/2 kernel exp(-r): curves that are continuous and nowhere smooth.</summary>
/// <remarks>Rasmussen and Williams 2006, equations 4.14 to 4.17. At distance 0 it has a corner; its slope in the places counts as 0 there.</remarks>
public sealed class Matern12 : StationaryKernel
{
    /// <summary>Makes the kernel.</summary>
    /// <param name="lengthscale">Positive: a scalar for all columns, or [.., columns] with one for each.</param>
    /// <param name="dims">The columns that the kernel looks at; all if not given.</param>
    /// <exception cref="ArgumentException">A lengthscale is not positive.</exception>
    public Matern12(Tensor lengthscale, IReadOnlyList<int>? dims = null)
        : base(lengthscale, dims)
    {
    }

    /// <inheritdoc/>
    public override Tensor LogSpectralDensity(Tensor frequencies)
    {
        ArgumentNullException.ThrowIfNull(frequencies);
        (Tensor square, Tensor logVolume, int columns) = Scaled(frequencies);
        return MaternSpectrum.Of(0.5, square, logVolume, columns);
    }

    /// <inheritdoc/>
    protected override Tensor OfSquaredDistance(Tensor squaredDistance) => squaredDistance.Map<Matern12OfSquare>();
}
