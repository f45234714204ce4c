using Pyrite.Engine;

namespace Pyrite.Ops.Chains;

/// <summary>The sum over the paths of chains in plain operations, which can be differentiated any number of times.</summary>
internal static class ChainByLogarithms
{
    /// <summary>log Σ exp over paths, [chains].</summary>
    /// <param name="transitions">[1 or chains, 1 or steps - 1, states, states].</param>
    /// <param name="scores">[chains, steps, states].</param>
    public static Tensor Total(Tensor transitions, Tensor scores)
    {
        Tensor weights = scores.Select(1, 0);
        for (int t = 1; t < scores.Shape[1]; t++)
        {
            Tensor matrix = transitions.Select(1, transitions.Shape[1] == 1 ? 0 : t - 1);
            weights = (weights.Unsqueeze(-1) + matrix).LogSumExp(-2) + scores.Select(1, t);
        }
        return weights.LogSumExp(-1);
    }

    /// <summary>What flows back through the gradients of the log-sums.</summary>
    /// <param name="transitions">The transitions.</param>
    /// <param name="scores">The scores.</param>
    /// <param name="cotangent">What the log-sums' gradients were multiplied with, [chains].</param>
    /// <param name="upstream">The gradient of all gradients: those of scores, then those of transitions.</param>
    /// <param name="input">What for: transitions, scores or the cotangent.</param>
    public static Tensor SecondGradient(Tensor transitions, Tensor scores, Tensor cotangent, Tensor upstream, int input)
    {
        bool goesOn = NoGradient.IsOff;
        bool wasSilent = SilentZeros.Switch(false);
        try
        {
            using NoGradient.Scope tracked = NoGradient.Suspend();
            Tensor[] given = [Tracked(transitions), Tracked(scores), Tracked(cotangent)];
            Tensor[] first = Gradient.Of(Total(given[0], given[1]), [given[0], given[1]], given[2], createGraph: true);
            Tensor joined = Tensor.Concat([first[1].Reshape(-1), first[0].Reshape(-1)]);
            return Gradient.Of((joined * upstream).Sum().Reshape(1), [given[input]], Tensor.Ones([1], DType.Float64), createGraph: goesOn)[0];
        }
        finally
        {
            SilentZeros.Switch(wasSilent);
        }
    }

    private static Tensor Tracked(Tensor x) => x.RequiresGradient ? x : x.AsVariable();
}
