namespace Pyrite.Functions;

/// <summary>Logarithms of binomial coefficients, for real arguments, without cancellation where they are large.</summary>
internal static class Combinatorics
{
    extension(Tensor n)
    {
        /// <summary>log(n choose k) = -log(n + 1) - log B(k + 1, n - k + 1).</summary>
        public Tensor LogBinomial(Tensor k) => -(n + 1).Log() - (k + 1).LogBeta(n - k + 1);

        /// <summary>log Γ(n + k) / (Γ(n) k!) = -log(n + k) - log B(n, k + 1).</summary>
        public Tensor LogNegativeBinomial(Tensor k) => -(n + k).Log() - n.LogBeta(k + 1);
    }
}
