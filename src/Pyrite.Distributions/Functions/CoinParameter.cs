namespace Pyrite.Functions;

/// <summary>The chance of success of a trial, given as probability or as log-odds, and its logarithms without loss in either tail.</summary>
internal sealed class CoinParameter
{
    private readonly Tensor? probs;
    private readonly Tensor? logits;

    public CoinParameter(Tensor? probs, Tensor? logits)
    {
        this.probs = probs;
        this.logits = logits ?? probs!.SigmoidArgument;
    }

    /// <summary>Whether log-odds are known exactly: given, or what a chance was made from.</summary>
    public bool HasLogits => logits is not null;

    /// <summary>The probability.</summary>
    public Tensor Probs => probs ?? logits!.Sigmoid();

    /// <summary>The probability of failure.</summary>
    public Tensor Complement => logits is null ? 1 - probs! : (-logits).Sigmoid();

    /// <summary>The log-odds.</summary>
    public Tensor Logits => logits ?? (probs!.Log() - (-probs!).Log1p());

    /// <summary>The odds.</summary>
    public Tensor Odds => logits is null ? probs! / (1 - probs!) : logits.Exp();

    /// <summary>log p.</summary>
    public Tensor LogProbs => logits is null ? probs!.Log() : -(-logits).Softplus();

    /// <summary>log(1 - p).</summary>
    public Tensor LogComplement => logits is null ? (-probs!).Log1p() : -logits.Softplus();

    /// <summary>Whichever parameter was given, or an error that names the family.</summary>
    public static Tensor OneOf(string family, Tensor? probs, Tensor? logits, string probsName = "probs", string logitsName = "logits") => (probs, logits) switch
    {
        (not null, null) => probs,
        (null, not null) => logits,
        _ => throw new ArgumentException($"{family}: give either {probsName} or {logitsName}; found {(probs is null ? "neither" : "both")}."),
    };

    /// <summary>ones · log p + zeros · log(1 - p), where 0 · log 0 = 0.</summary>
    public Tensor Score(Tensor ones, Tensor zeros) => logits is null
        ? ones.XLogY(probs!) + zeros.XLog1pY(-probs!)
        : Probability.Times(ones, LogProbs) + Probability.Times(zeros, LogComplement);
}
