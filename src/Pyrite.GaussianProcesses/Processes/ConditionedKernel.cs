namespace Pyrite.Processes;

/// <summary>The covariance of a process given observations: k(x, z) - k(x, X) M k(X, z), as P - Aᵀ A + Cᵀ C with what it was whitened by.</summary>
/// <param name="prior">k.</param>
/// <param name="observed">X.</param>
/// <param name="whiten">Makes A [.., n, m] of k(X, x).</param>
/// <param name="uncertainty">Makes C [.., n, m] of A: what is still unknown of the values at X; null where they are known.</param>
internal sealed class ConditionedKernel(Kernel prior, Tensor observed, Func<Tensor, Tensor> whiten, Func<Tensor, Tensor>? uncertainty = null)
    : PosteriorKernel(prior)
{
    private Tensor? known;
    private Tensor? knownWhitened;

    /// <summary>What is known of the mean at some places, [.., m].</summary>
    /// <param name="places">[.., m, columns].</param>
    /// <param name="whitened">What is known of the whitened values at X, [.., n].</param>
    public Tensor Explained(Tensor places, Tensor whitened) => Whitened(places).Transpose().MatMul(whitened.Unsqueeze(-1)).Squeeze(-1);

    internal override Tensor GramOf(Tensor x)
    {
        Tensor whitened = Whitened(x);
        Tensor left = Prior.GramOf(x) - whitened.Transpose().MatMul(whitened);
        return uncertainty?.Invoke(whitened) is { } unknown ? left + unknown.Transpose().MatMul(unknown) : left;
    }

    internal override Tensor CrossOf(Tensor x, Tensor z)
    {
        Tensor first = Whitened(x);
        Tensor second = Whitened(z);
        Tensor left = Prior.CrossOf(x, z) - first.Transpose().MatMul(second);
        return uncertainty is null ? left : left + uncertainty(first).Transpose().MatMul(uncertainty(second));
    }

    internal override Tensor DiagonalOf(Tensor x)
    {
        Tensor whitened = Whitened(x);
        Tensor left = Prior.DiagonalOf(x) - whitened.Square().Sum(-2);
        return uncertainty?.Invoke(whitened) is { } unknown ? left + unknown.Square().Sum(-2) : left;
    }

    private Tensor Whitened(Tensor x)
    {
        if (!ReferenceEquals(known, x))
        {
            (known, knownWhitened) = (x, whiten(Prior.CrossOf(observed, x)));
        }
        return knownWhitened!;
    }
}
