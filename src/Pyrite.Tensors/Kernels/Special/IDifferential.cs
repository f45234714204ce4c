using System.Numerics;

namespace Pyrite.Kernels.Special;

/// <summary>A number with derivatives that arithmetic carries along, so that series and continued fractions can be differentiated term by
/// term.</summary>
internal interface IDifferential<TSelf> : IAdditionOperators<TSelf, TSelf, TSelf>, ISubtractionOperators<TSelf, TSelf, TSelf>,
    IMultiplyOperators<TSelf, TSelf, TSelf>, IDivisionOperators<TSelf, TSelf, TSelf>
    where TSelf : struct, IDifferential<TSelf>
{
    /// <summary>The number.</summary>
    double Value { get; }

    /// <summary>A number that does not depend on anything.</summary>
    static abstract implicit operator TSelf(double value);

    /// <summary>Whether all derivatives are below a share of those of another number.</summary>
    bool SlopesBelow(double share, TSelf other);
}
