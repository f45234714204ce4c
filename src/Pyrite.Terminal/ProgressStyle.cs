namespace Pyrite;

/// <summary>How progress is shown.</summary>
public enum ProgressStyle
{
    /// <summary><see cref="Live"/> where a person watches the output, <see cref="Plain"/> where it goes to a file or a pipe. The environment variable
    /// <c>PYRITE_PROGRESS</c> (<c>live</c>, <c>plain</c> or <c>none</c>) decides otherwise.</summary>
    Automatic,

    /// <summary>Bars that are redrawn in place, with the escape sequences of a terminal.</summary>
    Live,

    /// <summary>Whole lines, one for each tenth of a run but no two within a second, at least one per minute, and one at the end.</summary>
    Plain,

    /// <summary>Nothing at all.</summary>
    None,
}
