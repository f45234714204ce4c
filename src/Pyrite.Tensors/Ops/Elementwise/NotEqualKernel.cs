using System.Numerics;
using Pyrite.Kernels.Code;

namespace Pyrite.Ops.Elementwise;

/// <summary>a ≠ b; true with NaN.</summary>
internal readonly struct NotEqualKernel : IComparisonKernel
{
    public static string Name => "not equal";

    public static ElementwiseForm? Form { get; } = ElementwiseForm.Of(VectorInstruction.NotEqual);

    public static bool Invoke<T>(T a, T b) where T : unmanaged, INumber<T> => a != b;
}
