using Pyrite.Functions;
using Pyrite.Functions.Special;

namespace Pyrite.Divergences;

/// <summary>Divergences between distributions of counts and categories.</summary>
internal static class CountPairs
{
    public static Tensor? Find(Distribution q, Distribution p) => (q, p) switch
    {
        (Bernoulli a, Bernoulli b) => Coins(Coin(a), Coin(b)),
        (Bernoulli a, Poisson b) => b.Rate - a.Entropy() - a.Probs.XLogY(b.Rate),
        (Binomial a, Binomial b) => Trials(a, b),
        (Geometric a, Geometric b) => Coins(Coin(a), Coin(b)) / a.Probs,
        (Poisson a, Poisson b) => Rates(a.Rate, b.Rate),
        (Poisson a, Bernoulli or Binomial) => Tensor.Where(a.Rate > 0, double.PositiveInfinity, double.NaN),
        (Categorical a, Categorical b) => Chances(a, b) ?? Categories(a.Probs, a.Logits, b.Logits),
        (Multinomial a, Multinomial b) when a.TotalCount == b.TotalCount => a.TotalCount * (Chances(a, b) ?? Categories(a.Probs, a.Logits, b.Logits)),
        (NegativeBinomial a, NegativeBinomial b) => WaitingCounts(a, b),
        (OneHotCategorical a, OneHotCategorical b) => Chances(a, b) ?? Categories(a.Probs, a.Logits, b.Logits),
        _ => null,
    };

    /// <summary>a log(a / b) - a + b, also for near-equal rates and for a rate of 0.</summary>
    private static Tensor Rates(Tensor a, Tensor b)
    {
        Tensor some = a > 0;
        Tensor safe = Tensor.Where(some, a, 1);
        return Tensor.Where(some, safe * ((b - a) / safe).Log1pGap(), b);
    }

    /// <summary>The chances or log-odds that a distribution was made from; odds become log-odds, in which gaps keep their digits.</summary>
    private static SuccessParameter Coin(Distribution distribution)
    {
        DistributionParameter given = distribution.Parameters.First(parameter => parameter.Name is "probs" or "logits" or "odds");
        return given.Name == "probs"
            ? new SuccessParameter(given.Value, null)
            : new SuccessParameter(null, given.Name == "odds" ? given.Value.Log() : given.Value);
    }

    private static Tensor Coins(SuccessParameter q, SuccessParameter p) =>
        q.HasLogits || p.HasLogits ? q.Logits.LogOddsGap(p.Logits) : q.Probs.ChanceGap(p.Probs);

    private static Tensor Trials(Binomial q, Binomial p)
    {
        Tensor sameCount = q.TotalCount * Coins(Coin(q), Coin(p));
        return Tensor.Where(q.TotalCount.EqualTo(p.TotalCount), sameCount,
            Tensor.Where(q.TotalCount > p.TotalCount, double.PositiveInfinity, UnequalTrials(q, p)));
    }

    /// <summary>Only for equal numbers of failures, where the coefficients cancel.</summary>
    private static Tensor? WaitingCounts(NegativeBinomial q, NegativeBinomial p)
    {
        if (!q.TotalCount.EqualTo(p.TotalCount).All())
        {
            return null;
        }
        SuccessParameter coin = Coin(q);
        return q.TotalCount * Coins(coin, Coin(p)) / coin.Complement;
    }

    /// <summary>By summation over the support; only for a batch with one number of trials.</summary>
    private static Tensor UnequalTrials(Binomial q, Binomial p)
    {
        Tensor counts = q.EnumerateSupport();
        Tensor scores = q.LogDensity(counts);
        Tensor others = p.LogDensity(Tensor.Where(counts > p.TotalCount, 0, counts));
        return Weighted(scores.Exp(), scores, others).Sum(0);
    }

    /// <summary>From chances as they were given, with limits where some are 0; null where log-odds were given.</summary>
    /// <remarks>Divided by their sums as constants: a divergence does not depend on them, and so has no slope through them.</remarks>
    private static Tensor? Chances(Distribution q, Distribution p)
    {
        if (q.Parameters.FirstOrDefault(parameter => parameter.Name == "probs") is not { Value: { } a }
            || p.Parameters.FirstOrDefault(parameter => parameter.Name == "probs") is not { Value: { } b })
        {
            return null;
        }
        Tensor own = a / a.Sum(-1, keepDimensions: true).Detach();
        Tensor other = b / b.Sum(-1, keepDimensions: true).Detach();
        Tensor total = own.Sum(-1);
        return (own.OutcomeGap(other).Sum(-1) / total) - ((other.Sum(-1) - total) / total).Log1pGap();
    }

    /// <summary>Σ p (r - 1 - log r) with r = q / p, which is Σ p log(p / q) because the linear terms add up to 0: near-equal chances keep their
    /// digits.</summary>
    private static Tensor Categories(Tensor probs, Tensor logs, Tensor others)
    {
        Tensor none = probs.EqualTo(0);
        Tensor gaps = Tensor.Where(none, 0, probs) * (Tensor.Where(none, 0, others) - Tensor.Where(none, 0, logs)).ExpGap();
        return Tensor.Where(none, others.Exp(), gaps).Sum(-1);
    }

    /// <summary>weight · (log - other), 0 where the weight is 0.</summary>
    private static Tensor Weighted(Tensor weight, Tensor log, Tensor other)
    {
        Tensor none = weight.EqualTo(0);
        return Tensor.Where(none, 0, weight * (Tensor.Where(none, 0, log) - Tensor.Where(none, 0, other)));
    }
}
