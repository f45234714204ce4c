namespace Pyrite.Processes;

/// <summary>The covariance of a process given observations: k(x, z) - k(x, X) K⁻¹ k(X, z), K = L Lᵀ with its noise.</summary>
internal sealed class ConditionedKernel(Kernel prior, Tensor observed, Tensor factor) : Kernel
{
    private Tensor? known;
    private Tensor? knownWhitened;

    public override string Name => prior.Name;

    internal override bool SeparatesEqualRows => true;

    internal override bool IsKnownToBeSymmetric => prior.IsKnownToBeSymmetric;

    /// <summary>What the observations say of the mean at some places, [.., m].</summary>
    /// <param name="places">[.., m, columns].</param>
    /// <param name="whitened">L⁻¹ (y - mean), [.., n].</param>
    public Tensor Explained(Tensor places, Tensor whitened) => Whitened(places).Transpose().MatMul(whitened.Unsqueeze(-1)).Squeeze(-1);

    internal override Tensor GramOf(Tensor x)
    {
        Tensor whitened = Whitened(x);
        return prior.GramOf(x) - whitened.Transpose().MatMul(whitened);
    }

    internal override Tensor CrossOf(Tensor x, Tensor z) => prior.CrossOf(x, z) - Whitened(x).Transpose().MatMul(Whitened(z));

    internal override Tensor DiagonalOf(Tensor x) => prior.DiagonalOf(x) - Whitened(x).Square().Sum(-2);

    protected override Tensor Evaluate(Tensor x, Tensor z) =>
        throw new InvalidOperationException("A conditioned kernel gives matrices, not single pairs.");

    /// <summary>L⁻¹ k(X, x), [.., n, m].</summary>
    private Tensor Whitened(Tensor x)
    {
        if (!ReferenceEquals(known, x))
        {
            (known, knownWhitened) = (x, factor.SolveTriangular(prior.CrossOf(observed, x)));
        }
        return knownWhitened!;
    }
}
