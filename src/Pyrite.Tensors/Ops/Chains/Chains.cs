using Pyrite.Ops.Chains;

namespace Pyrite;

/// <summary>Sums over all paths through the states of a chain.</summary>
public static class Chains
{
    /// <summary>log Σ exp of the scores of all paths: the forward algorithm of hidden Markov models, as one operation.</summary>
    /// <param name="transitions">Log-factors of neighbouring states: [K, K] for all steps, from the state of the row to that of the column; or
    /// [.., 1, K, K], or [.., T - 1, K, K] with a matrix for each pair of neighbouring steps. They need not be normalized.</param>
    /// <param name="scores">Log-factors of states, [.., T, K] with T at least 1: emissions, and the start in the first step.</param>
    /// <returns>[..]: the axes in front broadcast; -∞ where no path is possible.</returns>
    /// <remarks>
    /// Time is T K² for each chain and memory T K, in Float64 whatever the types. Sums are scaled matrix products (Rabiner, "A tutorial on hidden
    /// Markov models", 1989, section V.A); a chain whose weights would leave the range of numbers is summed in logarithms. The gradient, the
    /// posterior probabilities of states and of pairs, is one operation too; factors of -∞ have gradient 0, and so has a chain without a possible
    /// path. The gradient's own gradient takes T steps of plain operations.
    /// </remarks>
    /// <exception cref="ArgumentException">The shapes do not fit, or there is no step or no state.</exception>
    public static Tensor LogSumOverPaths(Tensor transitions, Tensor scores)
    {
        ArgumentNullException.ThrowIfNull(transitions);
        ArgumentNullException.ThrowIfNull(scores);
        Require(transitions.Shape, scores.Shape);
        DType type = DTypeProperties.Promote(transitions.DType, scores.DType);
        type = type == DType.Float32 ? type : DType.Float64;
        (int steps, int states) = (scores.Shape[^2], scores.Shape[^1]);
        if (steps == 1)
        {
            Shape alone = transitions.Rank > 3 ? Shape.Broadcast(transitions.Shape[..^3], scores.Shape[..^2]) : scores.Shape[..^2];
            return scores.To(type).LogSumExp(-1).Squeeze(-1).BroadcastTo(alone);
        }
        Tensor matrices = transitions.Rank == 2 ? transitions.Unsqueeze(0) : transitions;
        Shape own = matrices.Shape[..^3], batch = Shape.Broadcast(own, scores.Shape[..^2]);
        int chains = checked((int)batch.Count), count = matrices.Shape[^3];
        Tensor all = scores.To(DType.Float64).BroadcastTo(batch + [steps, states]).Reshape(chains, steps, states);
        Tensor pairs = matrices.To(DType.Float64);
        pairs = own.Count == 1 ? pairs.Reshape(1, count, states, states)
            : pairs.BroadcastTo(batch + [count, states, states]).Reshape(chains, count, states, states);
        return ChainTotalOperation.Of(pairs, all).Reshape(batch).To(type);
    }

    private static void Require(Shape transitions, Shape scores)
    {
        bool fits = scores.Rank >= 2 && scores[^2] > 0 && scores[^1] > 0 && transitions.Rank >= 2
            && transitions[^1] == scores[^1] && transitions[^2] == scores[^1]
            && (transitions.Rank == 2 || transitions[^3] == 1 || transitions[^3] == scores[^2] - 1);
        if (!fits)
        {
            throw new ArgumentException(
                $"Paths of a chain were to be summed with transitions of shape {transitions} and scores of shape {scores}. Scores have the shape "
                    + "[.., T, K] with at least one step and one state, transitions [K, K], [.., 1, K, K] or [.., T - 1, K, K].");
        }
        if (transitions.Rank > 3 && Shape.TryBroadcast(transitions[..^3], scores[..^2]) is null)
        {
            throw new ArgumentException(
                $"Paths of chains were to be summed with transitions of shape {transitions} and scores of shape {scores}; the axes in front, "
                    + $"{transitions[..^3]} and {scores[..^2]}, do not broadcast.");
        }
    }
}
