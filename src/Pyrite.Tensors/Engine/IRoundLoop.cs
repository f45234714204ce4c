namespace Pyrite.Engine;

/// <summary>An operation that is a loop over rounds, with code of its own.</summary>
internal interface IRoundLoop : IOperation
{
    /// <summary>Whether the rounds run as compiled code.</summary>
    bool IsCompiled { get; }
}
