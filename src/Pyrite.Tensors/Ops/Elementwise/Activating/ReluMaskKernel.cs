using System.Numerics;
using Pyrite.Kernels.Code;
using Pyrite.Kernels.Elementwise;

namespace Pyrite.Ops.Elementwise.Activating;

/// <summary>The first argument where the second is positive, else 0: the gradient of ReLU from its stored result.</summary>
internal readonly struct ReluMaskKernel : IBinaryKernel
{
    public static string Name => "relu gradient";

    public static ElementwiseForm? Form { get; } = ElementwiseForm.Of(VectorInstruction.PositiveOnly);

    public static void Invoke<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> =>
        MaskedCopy.Apply<MaskedCopy.WherePositive, T>(a, b, y);

    public static void Invoke<T>(ReadOnlySpan<T> a, T b, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (b > T.Zero)
        {
            a.CopyTo(y);
        }
        else
        {
            y.Clear();
        }
    }

    public static void Invoke<T>(T a, ReadOnlySpan<T> b, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < b.Length; i++)
        {
            y[i] = b[i] > T.Zero ? a : T.Zero;
        }
    }

    public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input) => input == 0 ? Zip<ReluMaskKernel>.Of(dy, b) : null;
}
