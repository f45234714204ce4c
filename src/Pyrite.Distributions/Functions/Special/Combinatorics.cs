namespace Pyrite.Functions.Special;

/// <summary>Logarithms of binomial coefficients, for real arguments, without cancellation where they are large.</summary>
internal static class Combinatorics
{
    extension(Tensor n)
    {
        /// <summary>log(n choose k) = -log(n + 1) - log B(k + 1, n - k + 1).</summary>
        public Tensor LogBinomial(Tensor k) => -(n + 1).Log() - (k + 1).LogBeta(n - k + 1);

        /// <summary>log Γ(n + k) / (Γ(n) k!) = -log(n + k) - log B(n, k + 1).</summary>
        public Tensor LogNegativeBinomial(Tensor k) => -(n + k).Log() - n.LogBeta(k + 1);

        /// <summary>log Γ(n + k) / (Γ(n) k!), plus k log p + n log q for a coin of the given odds of p; the odds k : n, where that is least, if not
        /// given.</summary>
        /// <remarks>A sum of these with the same odds cancels the coin, whose terms keep all else small (Loader, 2000).</remarks>
        public Tensor LogRising(Tensor k, Tensor? odds = null)
        {
            Tensor rest = k.ChooseRest(n) - (k / n).Log1p();
            return odds is null ? rest : rest - k.CoinDevianceOfOdds(n, odds);
        }
    }
}
