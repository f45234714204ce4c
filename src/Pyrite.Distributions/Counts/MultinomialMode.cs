using Pyrite.Functions;

namespace Pyrite.Counts;

/// <summary>The most likely counts of a number of trials, found one trial after the other.</summary>
/// <remarks>Where scores are sums of concave functions of the counts, adding each trial where it gains most is exact (Fox, "Discrete optimization via
/// marginal analysis", 1966).</remarks>
internal static class MultinomialMode
{
    /// <summary>The counts, [.., K].</summary>
    /// <param name="trials">How many trials.</param>
    /// <param name="start">Real-valued counts to round down from, [.., K]; nowhere above the mode, and short of the trials by no more than K in
    /// all.</param>
    /// <param name="gain">The change of the score of each category by its next trial, from the counts so far.</param>
    public static Tensor Mode(int trials, Tensor start, Func<Tensor, Tensor> gain)
    {
        using NoGradient.Scope untracked = NoGradient.Begin();
        Tensor counts = start.Relu().Floor();
        int categories = counts.Shape[^1];
        for (int step = 0; step <= categories; step++)
        {
            Tensor open = counts.Sum(-1, keepDimensions: true) < trials;
            if (!open.Any())
            {
                break;
            }
            Tensor next = gain(counts).ArgMax(-1).ToOneHot(categories, counts.DType);
            counts = Tensor.Where(open, counts + next, counts);
        }
        return counts;
    }
}
