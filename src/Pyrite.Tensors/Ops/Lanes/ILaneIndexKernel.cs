using System.Numerics;

namespace Pyrite.Ops.Lanes;

/// <summary>Positions along an axis that the elements of a lane determine; one, or as many as there are elements.</summary>
internal interface ILaneIndexKernel
{
    /// <summary>The operation's name.</summary>
    static abstract string Name { get; }

    /// <summary>Finds the positions of a lane that is not empty.</summary>
    static abstract void Invoke<T>(ReadOnlySpan<T> lane, Span<long> result) where T : unmanaged, INumber<T>;
}
