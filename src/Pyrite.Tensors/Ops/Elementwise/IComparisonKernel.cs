using System.Numerics;
using Pyrite.Kernels.Code;

namespace Pyrite.Ops.Elementwise;

/// <summary>A relation between two numbers of one type.</summary>
internal interface IComparisonKernel
{
    /// <summary>The operation's name.</summary>
    static abstract string Name { get; }

    /// <summary>How it is computed in registers; null where its loop alone computes it.</summary>
    static virtual ElementwiseForm? Form => null;

    /// <summary>Whether the relation holds; with NaN only "not equal" does.</summary>
    static abstract bool Invoke<T>(T a, T b) where T : unmanaged, INumber<T>;
}
