namespace Pyrite;

/// <summary>The squared exponential kernel exp(-r²/2): smooth curves.</summary>
/// <remarks>Also called radial basis function or Gaussian kernel (Rasmussen and Williams 2006, equation 4.9). Spectral density (2π)^(D/2) Π
/// lengthscale exp(-½ Σ
/// (lengthscale ω)²).</remarks>
public sealed class Rbf : StationaryKernel
{
    /// <summary>Makes the kernel.</summary>
    /// <param name="lengthscale">Positive: a scalar for all columns, or [.., columns] with one for each.</param>
    /// <param name="dims">The columns that the kernel looks at; all if not given.</param>
    /// <exception cref="ArgumentException">A lengthscale is not positive.</exception>
    public Rbf(Tensor lengthscale, IReadOnlyList<int>? dims = null)
        : base(lengthscale, dims)
    {
    }

    /// <inheritdoc/>
    public override Tensor LogSpectralDensity(Tensor frequencies)
    {
        ArgumentNullException.ThrowIfNull(frequencies);
        (Tensor square, Tensor logVolume, int columns) = Scaled(frequencies);
        return (0.5 * columns * Math.Log(2 * Math.PI)) + logVolume - (0.5 * square);
    }

    /// <inheritdoc/>
    protected override Tensor OfSquaredDistance(Tensor squaredDistance) => (-0.5 * squaredDistance).Exp();
}
