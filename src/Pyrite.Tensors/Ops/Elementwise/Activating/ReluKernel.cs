using System.Numerics;
using System.Numerics.Tensors;
using Pyrite.Engine;
using Pyrite.Kernels.Code;

namespace Pyrite.Ops.Elementwise.Activating;

/// <summary>max(x, 0); NaN stays NaN.</summary>
internal readonly struct ReluKernel : IUnaryKernel
{
    public static string Name => "relu";

    public static ElementwiseForm? Form { get; } = ElementwiseForm.Of(VectorInstruction.Relu);

    public static GradientReads GradientReads => GradientReads.Output;

    public static void Invoke<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> => TensorPrimitives.Max(x, T.Zero, y);

    public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => Zip<ReluMaskKernel>.Of(dy, y);
}
