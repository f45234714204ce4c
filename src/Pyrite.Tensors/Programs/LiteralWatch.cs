namespace Pyrite.Programs;

/// <summary>Tells whether a number that code takes for a constant has changed since.</summary>
internal sealed class LiteralWatch
{
    /// <summary>Whether one has.</summary>
    public bool IsOutdated { get; set; }
}
