using System.Numerics;

using Pyrite.Engine;

namespace Pyrite.Ops.Lanes;

/// <summary>A function of all elements along one axis (a lane), giving one element or as many as went in.</summary>
internal interface ILaneKernel
{
    /// <summary>The operation's name.</summary>
    static abstract string Name { get; }

    /// <summary>The result for a lane without elements, or null where there is none.</summary>
    static virtual double? OfNothing => null;

    /// <summary>Whether it gives log Σ eˣ.</summary>
    static virtual bool IsLogSum => false;

    /// <summary>Takes a lane down as operations on its elements; null where the kernel alone computes it.</summary>
    static virtual Func<INumbers, int[], int[]>? Numbers => null;

    /// <summary>Computes a lane; neither span is empty.</summary>
    static abstract void Invoke<T>(ReadOnlySpan<T> lane, Span<T> result) where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>The gradient for the input, written in operations on [outer, lane, inner] blocks; x has the lane on axis 1, y and dy the
    /// result.</summary>
    static abstract Tensor? Pullback(Tensor x, Tensor y, Tensor dy);
}
