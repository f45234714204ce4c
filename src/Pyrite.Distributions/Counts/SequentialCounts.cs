using Pyrite.Functions;
using Pyrite.Functions.Sampling;

namespace Pyrite.Counts;

/// <summary>Counts of categories, each a Binomial draw from the trials that are left.</summary>
internal static class SequentialCounts
{
    /// <summary>Counts of a shape [.., K] that sum to the trials.</summary>
    public static Tensor Draw(RandomKey key, Tensor probs, Tensor trials, Shape shape, DType type)
    {
        Tensor chances = probs.Detach().BroadcastTo(shape);
        Tensor remaining = chances.RunningSumFromEnd();
        Tensor left = trials.BroadcastTo(shape[..^1]);
        Tensor[] counts = new Tensor[shape[^1]];
        for (int k = 0; k < counts.Length; k++)
        {
            Tensor share = k == counts.Length - 1 ? Tensor.Ones(left.Shape, type) : chances.Select(-1, k) / remaining.Select(-1, k);
            Tensor safe = Probability.Clamp(Tensor.Where(share.IsFinite(), share, 0));
            counts[k] = CountDraws.Binomial(key.Child(k), left, safe, left.Shape, type);
            left -= counts[k];
        }
        return Tensor.Stack(counts, -1);
    }
}
