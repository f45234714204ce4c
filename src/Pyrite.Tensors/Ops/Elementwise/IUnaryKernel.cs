using System.Numerics;
using Pyrite.Engine;
using Pyrite.Kernels.Code;

namespace Pyrite.Ops.Elementwise;

/// <summary>An element-wise function of one real argument: its loop and its gradient rule.</summary>
internal interface IUnaryKernel
{
    /// <summary>The operation's name.</summary>
    static abstract string Name { get; }

    /// <summary>How it is computed in registers; null where its loop alone computes it.</summary>
    static virtual ElementwiseForm? Form => null;

    /// <summary>Which numbers the gradient rule reads.</summary>
    static virtual GradientReads GradientReads => GradientReads.All;

    /// <summary>Computes every element; both spans have the same length and may be the same memory.</summary>
    static abstract void Invoke<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>The gradient for the argument, written in operations.</summary>
    static abstract Tensor? Pullback(Tensor x, Tensor y, Tensor dy);
}
