namespace Pyrite.Runs;

/// <summary>What happened in a run.</summary>
/// <param name="Kind">What it was.</param>
/// <param name="Index">Which step, output, or event.</param>
/// <param name="Time">Of a step the time before it, else the time.</param>
/// <param name="Length">Of a step its length; of an output how far into the last step it lies; of an event whose times are given, the place of the
/// time in the first block, else -1.</param>
/// <param name="Data">Where its numbers begin.</param>
internal readonly record struct RunEntry(EntryKind Kind, int Index, double Time, double Length, int Data);
