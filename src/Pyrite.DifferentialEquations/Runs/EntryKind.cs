namespace Pyrite.Runs;

/// <summary>What can happen in a run.</summary>
internal enum EntryKind
{
    /// <summary>A step; its numbers are the state before it and its stages.</summary>
    Step,

    /// <summary>An output at the start, or directly behind an event at the start: the state itself.</summary>
    OutputOfState,

    /// <summary>An output inside the step before it.</summary>
    Output,

    /// <summary>An output behind the event that ended the solve: the state there.</summary>
    OutputOfEnd,

    /// <summary>An event; its numbers are the states before and behind it.</summary>
    Event,
}
