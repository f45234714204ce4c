using Pyrite.Checks;
using Pyrite.Kernels;

namespace Pyrite;

/// <summary>A kernel of the scaled distance r alone: r² = Σ ((x - z) / lengthscale)² over the columns.</summary>
/// <remarks>For one of your own override <see cref="OfSquaredDistance"/>. Distances are computed as differences, so they are exact at 0, and nothing
/// cancels.</remarks>
public abstract class StationaryKernel : Kernel
{
    /// <summary>Fixes the lengthscales.</summary>
    /// <param name="lengthscale">How far values hang together, in the unit of the places; positive. A scalar for all columns, or [.., columns] with
    /// one
    /// for each (automatic relevance determination); axes before the last are batch axes.</param>
    /// <param name="dims">The columns that the kernel looks at; all if not given.</param>
    /// <exception cref="ArgumentException">A lengthscale is not positive.</exception>
    protected StationaryKernel(Tensor lengthscale, IReadOnlyList<int>? dims = null)
        : base(dims) => Lengthscale = ParameterCheck.RequirePositive(Name, "lengthscale", lengthscale);

    /// <summary>How far values hang together: a scalar, or [.., columns].</summary>
    public Tensor Lengthscale { get; }

    /// <summary>The covariance at a squared distance r²; 1 at 0.</summary>
    /// <param name="squaredDistance">r², 0 or more, of any shape.</param>
    /// <remarks>A formula with √(r²) needs a rule for its slope at 0: see <see cref="IElementFunction"/>.</remarks>
    protected abstract Tensor OfSquaredDistance(Tensor squaredDistance);

    /// <inheritdoc/>
    protected sealed override Tensor Evaluate(Tensor x, Tensor z) => OfSquaredDistance(SquaredDistances.Of(Name, x, z, Lengthscale));

    internal sealed override Tensor DiagonalOf(Tensor x)
    {
        Tensor rows = Chosen(x);
        Shape batch = Lengthscale.Rank > 0 ? Shape.Broadcast(Lengthscale.Shape[..^1] + [1], rows.Shape[..^1]) : rows.Shape[..^1];
        return Tensor.Ones(batch, rows.DType);
    }

    /// <summary>Frequencies of the chosen columns times their lengthscales, squared and summed, and the logarithm of the product of the
    /// lengthscales.</summary>
    private protected (Tensor Square, Tensor LogVolume, int Columns) Scaled(Tensor frequencies)
    {
        Tensor chosen = Chosen(frequencies);
        int columns = chosen.Shape[^1];
        if (Lengthscale.Rank == 0)
        {
            return (chosen.Square().Sum(-1) * Lengthscale.Square(), columns * Lengthscale.Log(), columns);
        }
        SquaredDistances.RequireColumns(Name, Lengthscale, columns);
        Tensor each = Lengthscale.BroadcastTo(Lengthscale.Shape[..^1] + [columns]);
        return ((chosen * each.Unsqueeze(-2)).Square().Sum(-1), each.Log().Sum(-1, keepDimensions: true), columns);
    }
}
