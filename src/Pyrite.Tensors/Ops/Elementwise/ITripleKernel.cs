using System.Numerics;
using Pyrite.Kernels.Code;

namespace Pyrite.Ops.Elementwise;

/// <summary>An element-wise function of three real arguments: its loop and its gradient rules.</summary>
internal interface ITripleKernel
{
    /// <summary>The operation's name.</summary>
    static abstract string Name { get; }

    /// <summary>How it is computed in registers; null where its loop alone computes it.</summary>
    static virtual ElementwiseForm? Form => null;

    /// <summary>Computes every element; all spans have the same length.</summary>
    static abstract void Invoke<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, ReadOnlySpan<T> c, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>The gradient for an input (0 to 2), of the output's shape.</summary>
    static abstract Tensor? Pullback(Tensor a, Tensor b, Tensor c, Tensor dy, int input);
}
