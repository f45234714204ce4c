using Pyrite.Kernels.Code;

namespace Pyrite.Engine;

/// <summary>An operation whose result at a place depends on its inputs there alone, so that it can run on any stretch of them.</summary>
/// <remarks>Inputs with as many elements as the result run along with it in storage order; an input of one element serves for all.</remarks>
internal interface IElementwiseOperation : IOperation
{
    int? IOperation.EntryRank => 0;

    /// <summary>How it is computed in registers; null where it runs by its kernel alone.</summary>
    ElementwiseForm? Form => null;

    /// <summary>The kernel whose function of single numbers code may call; null for none.</summary>
    Type? Kernel => null;

    /// <summary>Whether an input of fewer axes, or of size 1 along some, serves for all places of the others.</summary>
    bool Broadcasts => false;

    /// <summary>The type that it converts numbers to; null where it does something else.</summary>
    DType? ConvertsTo => null;
}
