using Pyrite.Functions.Preimages;

namespace Pyrite.Functions;

/// <summary>The chances of K categories, given as weights or as logarithms of weights along the last axis.</summary>
internal sealed class CategoryParameter(Tensor? probs, Tensor? logits)
{
    // Of an image of the reals, such as a simplex, the logarithms are known far out.
    private readonly Tensor? logits = logits ?? probs?.KnownLogAbove(0);

    /// <summary>K.</summary>
    public int Count => (probs ?? logits!).Shape[^1];

    /// <summary>The probabilities, normalized.</summary>
    public Tensor Probs => probs is null ? LogProbs.Exp() : probs / probs.Sum(-1, keepDimensions: true);

    /// <summary>The logarithms of the probabilities, normalized.</summary>
    public Tensor LogProbs => logits is not null ? logits.LogSoftmaxOverLast() : Probs.Log();

    /// <summary>The weights in Float64, if they were given.</summary>
    public Tensor? WideProbs => logits is null ? probs!.Widened : null;

    /// <summary>The logarithms of weights in Float64, if they were given.</summary>
    public Tensor? WideLogits => logits?.Widened;

    /// <summary>1 - p, exact where p rounds to 1.</summary>
    public Tensor Complement => -LogProbs.Expm1();

    /// <summary>Whichever parameter was given, or an error that names the family.</summary>
    public static Tensor OneOf(string family, Tensor? probs, Tensor? logits)
    {
        Tensor given = SuccessParameter.OneOf(family, probs, logits);
        return given.Rank > 0
            ? given
            : throw new ArgumentException($"{family}: {(probs is null ? "logits" : "probs")} needs a last axis of categories; found a scalar.");
    }

    /// <summary>The log-probability of each category named in a tensor of whole numbers.</summary>
    public Tensor Pick(Tensor value)
    {
        Tensor chosen = value.Unsqueeze(-1).EqualTo(Tensor.Range(Count));

        // The logarithm comes last, so that a weight of 0 that is not chosen has the slope of its share alone.
        return logits is not null ? Tensor.Where(chosen, LogProbs, 0).Sum(-1) : Tensor.Where(chosen, probs!, 0).Sum(-1).Log() - probs!.Sum(-1).Log();
    }

    /// <summary>What the counts of categories, total in all, fall short of their expectation in log-probability, each for itself.</summary>
    public Tensor Deviance(Tensor counts, int total)
    {
        if (logits is not null)
        {
            return counts.LogDeviance(LogProbs + Math.Log(total));
        }
        Tensor expected = total * Probs;

        // A weight of 0 is taken in terms of itself: through the expectation an infinite slope would meet the slopes of 0 that the share has in the
        // other weights.
        Tensor none = probs!.EqualTo(0);
        return Tensor.Where(none, expected - counts.XLogY(probs!), counts.Deviance(Tensor.Where(none, 1, expected)));
    }

    /// <summary>Σ value · log p over the categories, where 0 · log 0 = 0.</summary>
    public Tensor Score(Tensor value) => logits is not null
        ? Probability.Times(value, LogProbs).Sum(-1)
        : value.XLogY(probs!).Sum(-1) - (value.Sum(-1) * probs!.Sum(-1).Log());

    /// <summary>Int64 categories of a shape to which the batch shape broadcasts, by inversion of one uniform number each.</summary>
    public Tensor Draw(RandomKey key, Shape shape) => key.Category(Probs, shape);
}
