using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Pyrite.Kernels.Random;

/// <summary>Logarithms of Gamma variables with rate 1: those of <see cref="GammaKernel"/>, finite for the smallest concentrations.</summary>
internal readonly struct LogGammaKernel : IProposalKernel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Propose(RandomKey key, Vector512<ulong> elements, Vector512<double> parameter, out Vector512<double> accepted)
    {
        GammaProposal.Make(
            key, elements, parameter, out Vector512<double> scale, out _, out Vector512<double> logRoot, out Vector512<double> boost, out accepted);
        Vector512<double> draw = PortableLogarithm.Of(scale) + (logRoot * Vector512.Create(3.0)) + boost;
        return GammaProposal.OrInvalid(parameter, draw, ref accepted);
    }
}
