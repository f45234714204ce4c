using Pyrite.Functions;

namespace Pyrite.Divergences;

/// <summary>Divergences between distributions of counts and categories.</summary>
internal static class CountPairs
{
    public static Tensor? Find(Distribution q, Distribution p) => (q, p) switch
    {
        (Bernoulli a, Bernoulli b) => Coins(Coin(a), Coin(b)),
        (Bernoulli a, Poisson b) => b.Rate - a.Entropy() - a.Probs.XLogY(b.Rate),
        (Binomial a, Binomial b) => Trials(a, b),
        (Geometric a, Geometric b) => Coins(new CoinParameter(null, a.Logits), new CoinParameter(null, b.Logits)) / a.Probs,
        (Poisson a, Poisson b) => a.Rate.XLogY(a.Rate) - a.Rate.XLogY(b.Rate) - (a.Rate - b.Rate),
        (Poisson a, Bernoulli or Binomial) => Tensor.Where(a.Rate > 0, double.PositiveInfinity, double.NaN),
        (Categorical a, Categorical b) => Categories(a.Probs, a.Logits, b.Logits),
        (Multinomial a, Multinomial b) when a.TotalCount == b.TotalCount => a.TotalCount * Categories(a.Probs, a.Logits, b.Logits),
        (NegativeBinomial a, NegativeBinomial b) => WaitingCounts(a, b),
        (OneHotCategorical a, OneHotCategorical b) => Categories(a.Probs, a.Logits, b.Logits),
        _ => null,
    };

    private static CoinParameter Coin(Bernoulli coin) => coin.Parameters[0].Name == "probs" ? new CoinParameter(coin.Probs, null) : new CoinParameter(null, coin.Logits);

    private static Tensor Coins(CoinParameter q, CoinParameter p) =>
        Weighted(q.Probs, q.LogProbs, p.LogProbs) + Weighted(q.Complement, q.LogComplement, p.LogComplement);

    private static Tensor Trials(Binomial q, Binomial p)
    {
        Tensor sameCount = q.TotalCount * Coins(new CoinParameter(null, q.Logits), new CoinParameter(null, p.Logits));
        return Tensor.Where(q.TotalCount.EqualTo(p.TotalCount), sameCount, Tensor.Where(q.TotalCount > p.TotalCount, double.PositiveInfinity, UnequalTrials(q, p)));
    }

    /// <summary>Only for equal numbers of failures, where the coefficients cancel.</summary>
    private static Tensor? WaitingCounts(NegativeBinomial q, NegativeBinomial p)
    {
        if (!q.TotalCount.EqualTo(p.TotalCount).All())
        {
            return null;
        }
        CoinParameter a = new(null, q.Logits);
        CoinParameter b = new(null, p.Logits);
        return q.TotalCount * ((a.Odds * (a.LogProbs - b.LogProbs)) + a.LogComplement - b.LogComplement);
    }

    /// <summary>By summation over the support; only for a batch with one number of trials.</summary>
    private static Tensor UnequalTrials(Binomial q, Binomial p)
    {
        Tensor counts = q.EnumerateSupport();
        Tensor scores = q.LogDensity(counts);
        Tensor others = p.LogDensity(Tensor.Where(counts > p.TotalCount, 0, counts));
        return Weighted(scores.Exp(), scores, others).Sum(0);
    }

    private static Tensor Categories(Tensor probs, Tensor logs, Tensor others) => Weighted(probs, logs, others).Sum(-1);

    /// <summary>weight · (log - other), 0 where the weight is 0.</summary>
    private static Tensor Weighted(Tensor weight, Tensor log, Tensor other)
    {
        Tensor none = weight.EqualTo(0);
        return Tensor.Where(none, 0, weight * (Tensor.Where(none, 0, log) - Tensor.Where(none, 0, other)));
    }
}
