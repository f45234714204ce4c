namespace Pyrite;

/// <summary>How large CmdStan files may be, and whether they may be cut off; what is larger is refused before memory is taken for it.</summary>
public sealed record CmdStanLimits
{
    /// <summary>The most columns of a file.</summary>
    public int Columns { get; init; } = 1_000_000;

    /// <summary>The most numbers of all files together.</summary>
    public long Numbers { get; init; } = 200_000_000;

    /// <summary>The longest line, in bytes.</summary>
    public int LineBytes { get; init; } = 64 << 20;

    /// <summary>Whether files of a run that was cut off are read as far as they go: fewer draws than their comments announce, and a last line without
    /// its end, which is left out. Else they are refused.</summary>
    public bool AllowIncomplete { get; init; }

    /// <summary>All values by name, the same in every culture.</summary>
    public override string ToString() => RecordText.Of(this);
}
