namespace Pyrite.Engine;

/// <summary>An operation with a key or a number that may change from step to step: equality leaves it out, so that equal ones may give different
/// results.</summary>
internal interface IVaryingOperation : IOperation;
