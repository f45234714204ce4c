using System.Numerics;
using Pyrite.Kernels.Code;

namespace Pyrite.Ops.Elementwise;

/// <summary>a = b.</summary>
internal readonly struct EqualKernel : IComparisonKernel
{
    public static string Name => "equal";

    public static ElementwiseForm? Form { get; } = ElementwiseForm.Of(VectorInstruction.Equal);

    public static bool Invoke<T>(T a, T b) where T : unmanaged, INumber<T> => a == b;
}
