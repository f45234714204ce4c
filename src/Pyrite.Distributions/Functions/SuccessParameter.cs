using Pyrite.Functions.Preimages;

namespace Pyrite.Functions;

/// <summary>The chance of success of a trial, given as probability, as log-odds or as odds, and its logarithms without loss in either tail.</summary>
internal sealed class SuccessParameter
{
    private readonly Tensor? probs;
    private readonly Tensor? logits;
    private readonly Tensor? odds;

    public SuccessParameter(Tensor? probs, Tensor? logits, Tensor? odds = null)
    {
        this.probs = probs;
        this.logits = logits ?? probs?.LogOdds;
        this.odds = odds;
    }

    /// <summary>Whether log-odds are known exactly: given, or what a chance was made from.</summary>
    public bool HasLogits => logits is not null;

    /// <summary>The probability.</summary>
    public Tensor Probs => probs ?? (odds is null ? logits!.Sigmoid() : odds / (1 + odds));

    /// <summary>The probability of failure.</summary>
    public Tensor Complement => logits is not null ? (-logits).Sigmoid() : odds is null ? 1 - probs! : 1 / (1 + odds);

    /// <summary>The log-odds.</summary>
    public Tensor Logits => logits ?? odds?.Log() ?? (probs!.Log() - (-probs!).Log1p());

    /// <summary>The odds.</summary>
    public Tensor Odds => odds ?? (logits is null ? probs! / (1 - probs!) : logits.Exp());

    /// <summary>The probability, if it is what scores are computed from; else the log-odds are.</summary>
    public Tensor? GivenProbs => logits is null ? probs : null;

    /// <summary>The probability in Float64, if it is what scores are computed from.</summary>
    public Tensor? WideProbs => logits is null ? probs!.Widened : null;

    /// <summary>The log-odds in Float64, if they are what scores are computed from.</summary>
    public Tensor? WideLogits => logits?.Widened;

    /// <summary>log p where an outcome is a success, else log(1 - p): each with the slope of its own alone, also for p = 0 and p = 1.</summary>
    public Tensor LogOf(Tensor isSuccess, Tensor value)
    {
        if (logits is not null)
        {
            return Tensor.Where(isSuccess, LogProbs, LogComplement);
        }
        Tensor chance = probs!.Like(value);
        return Tensor.Where(isSuccess, Tensor.Where(isSuccess, chance, 1).Log(), (-Tensor.Where(isSuccess, 0, chance)).Log1p());
    }

    /// <summary>log p.</summary>
    public Tensor LogProbs => logits is not null ? -(-logits).Softplus() : odds is null ? probs!.Log() : odds.Log() - odds.Log1p();

    /// <summary>log(1 - p).</summary>
    public Tensor LogComplement => logits is not null ? -logits.Softplus() : odds is null ? (-probs!).Log1p() : -odds.Log1p();

    /// <summary>Whichever parameter was given, or an error that names the family.</summary>
    public static Tensor OneOf(string family, Tensor? probs, Tensor? logits, string probsName = "probs", string logitsName = "logits") =>
        (probs, logits) switch
        {
            (not null, null) => probs,
            (null, not null) => logits,
            _ => throw new ArgumentException($"{family}: give either {probsName} or {logitsName}; found {(probs is null ? "neither" : "both")}."),
        };

    /// <summary>ones · log p + zeros · log(1 - p), where 0 · log 0 = 0.</summary>
    public Tensor Score(Tensor ones, Tensor zeros) => logits is null && odds is null
        ? ones.XLogY(probs!) + zeros.XLog1pY(-probs!)
        : Probability.Times(ones, LogProbs) + Probability.Times(zeros, LogComplement);

    /// <summary>What numbers of successes and failures fall short of their expectation in log-probability.</summary>
    public Tensor Deviance(Tensor successes, Tensor failures) => logits is not null ? successes.CoinDevianceOfLogOdds(failures, logits)
        : odds is null ? successes.CoinDeviance(failures, probs!)
        : successes.CoinDevianceOfOdds(failures, odds);
}
