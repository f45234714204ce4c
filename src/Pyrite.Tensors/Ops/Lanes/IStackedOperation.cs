using Pyrite.Engine;

namespace Pyrite.Ops.Lanes;

/// <summary>An operation of which many run as one where the same axes are put in front of all inputs and of the result.</summary>
internal interface IStackedOperation : IOperation;
