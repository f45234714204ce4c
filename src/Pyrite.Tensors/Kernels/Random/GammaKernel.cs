using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Pyrite.Kernels.Random;

/// <summary>Gamma variables with rate 1; those too small for Float64 are drawn as about 1e-308.</summary>
internal readonly struct GammaKernel : IProposalKernel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Propose(RandomKey key, Vector512<ulong> elements, Vector512<double> parameter, out Vector512<double> accepted)
    {
        GammaProposal.Make(
            key, elements, parameter, out Vector512<double> scale, out Vector512<double> deviation, out _, out Vector512<double> boost, out accepted);
        Vector512<double> root = Vector512<double>.One + deviation;
        Vector512<double> draw = scale * (root * root * root);
        if (boost != Vector512<double>.Zero)
        {
            draw *= PortableExponential.Of(boost);
        }
        return GammaProposal.OrInvalid(parameter, draw, ref accepted);
    }
}
