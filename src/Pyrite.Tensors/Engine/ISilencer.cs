namespace Pyrite.Engine;

/// <summary>An operation that may leave entries out, whose inputs then have no gradient whatever they are.</summary>
internal interface ISilencer
{
    /// <summary>Whether this one does.</summary>
    bool Silences { get; }
}
