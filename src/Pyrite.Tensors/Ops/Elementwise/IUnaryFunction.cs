using System.Numerics;

namespace Pyrite.Ops.Elementwise;

/// <summary>An element-wise function of one real argument that has attributes; equality means equal attributes.</summary>
internal interface IUnaryFunction
{
    /// <summary>The operation's name.</summary>
    string Name { get; }

    /// <summary>Computes every element; both spans have the same length, are not empty and may be the same memory.</summary>
    void Invoke<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>The gradient for the argument, written in operations.</summary>
    Tensor? Pullback(Tensor x, Tensor y, Tensor dy);
}
