using System.Runtime.Intrinsics;

namespace Pyrite.Kernels.Random;

/// <summary>A distribution with one parameter that is drawn by proposing numbers until one is accepted, eight elements at once.</summary>
internal interface IProposalKernel
{
    /// <summary>One proposal for each of eight elements, made of <see cref="ElementBits"/> of the key; all bits of <paramref name="accepted"/> are
    /// set in lanes to keep.</summary>
    /// <remarks>A lane depends on its element and parameter alone. A parameter without a distribution gives NaN, accepted.</remarks>
    static abstract Vector512<double> Propose(RandomKey key, Vector512<ulong> elements, Vector512<double> parameter, out Vector512<double> accepted);
}
