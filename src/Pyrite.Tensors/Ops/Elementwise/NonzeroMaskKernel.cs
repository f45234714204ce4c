using System.Numerics;
using Pyrite.Engine;
using Pyrite.Kernels.Code;
using Pyrite.Kernels.Elementwise;

namespace Pyrite.Ops.Elementwise;

/// <summary>The first argument where the second is not 0, else 0: what a gradient keeps before a mask; see
/// <see cref="SilentZeros"/>.</summary>
internal readonly struct NonzeroMaskKernel : IBinaryKernel
{
    public static string Name => "silence";

    public static ElementwiseForm? Form { get; } = ElementwiseForm.Of(VectorInstruction.NonzeroOnly);

    public static void Invoke<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> =>
        MaskedCopy.Apply<MaskedCopy.WhereNonzero, T>(a, b, y);

    public static void Invoke<T>(ReadOnlySpan<T> a, T b, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (b == T.Zero)
        {
            y.Clear();
        }
        else
        {
            a.CopyTo(y);
        }
    }

    public static void Invoke<T>(T a, ReadOnlySpan<T> b, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < b.Length; i++)
        {
            y[i] = b[i] == T.Zero ? T.Zero : a;
        }
    }

    public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input) => input == 0 ? Zip<NonzeroMaskKernel>.Of(dy, b) : null;
}
