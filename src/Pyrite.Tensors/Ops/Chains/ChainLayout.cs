using Pyrite.Kernels.Chains;

namespace Pyrite.Ops.Chains;

/// <summary>The sizes of chains from shapes: transitions [1 or chains, 1 or steps - 1, states, states], scores [chains, steps, states].</summary>
internal static class ChainLayout
{
    /// <summary>The sizes.</summary>
    public static ChainSizes Of(Shape transitions, Shape scores) =>
        new(scores[0], scores[1], scores[2], transitions[0] > 1, transitions[1] > 1);

    /// <summary>The sizes as numbers that a call carries.</summary>
    public static int[] Numbers(ChainSizes sizes) =>
        [sizes.Chains, sizes.Steps, sizes.States, sizes.OwnTransitions ? 1 : 0, sizes.StepTransitions ? 1 : 0];

    /// <summary>The sizes of such numbers.</summary>
    public static ChainSizes Of(int chains, int steps, int states, int own, int stepwise) => new(chains, steps, states, own != 0, stepwise != 0);
}
