using System.Numerics;
using Pyrite.Kernels.Code;

namespace Pyrite.Ops.Elementwise;

/// <summary>An element-wise function of two real arguments: its loops and its gradient rules.</summary>
internal interface IBinaryKernel
{
    /// <summary>The operation's name.</summary>
    static abstract string Name { get; }

    /// <summary>How it is computed in registers; null where its loop alone computes it.</summary>
    static virtual ElementwiseForm? Form => null;

    /// <summary>Whether integers stay integers; otherwise they become reals first.</summary>
    static virtual bool KeepsIntegers => false;

    /// <summary>Computes every element; the spans have the same length, the output may be one of the inputs.</summary>
    static abstract void Invoke<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>The same with one second argument for all elements.</summary>
    static abstract void Invoke<T>(ReadOnlySpan<T> a, T b, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>The same with one first argument for all elements.</summary>
    static abstract void Invoke<T>(T a, ReadOnlySpan<T> b, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>The same for one pair of integers.</summary>
    static virtual long Invoke(long a, long b) => throw new NotSupportedException();

    /// <summary>The gradient for an input (0 or 1), of the output's shape; the caller sums broadcast axes away.</summary>
    static abstract Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input);
}
