using System.Numerics;
using Pyrite.Kernels.Code;

namespace Pyrite.Ops.Elementwise;

/// <summary>a &gt; b.</summary>
internal readonly struct GreaterKernel : IComparisonKernel
{
    public static string Name => "greater";

    public static ElementwiseForm? Form { get; } = ElementwiseForm.Of(VectorInstruction.Greater);

    public static bool Invoke<T>(T a, T b) where T : unmanaged, INumber<T> => a > b;
}
