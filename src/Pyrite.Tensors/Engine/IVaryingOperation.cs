namespace Pyrite.Engine;

/// <summary>An operation with a key or a number that may change from step to step: equality leaves it out, so that equal ones may give different
/// results.</summary>
internal interface IVaryingOperation : IOperation
{
    /// <summary>Whether its result is one number everywhere, which seldom changes: it counts as a constant until it does.</summary>
    bool GivesOneNumber => false;
}
