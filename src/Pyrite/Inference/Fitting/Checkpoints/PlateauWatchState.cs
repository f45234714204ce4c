namespace Pyrite.Inference.Fitting.Checkpoints;

/// <summary>What a watch for a plateau remembers.</summary>
/// <param name="Stopping">What it watches for.</param>
/// <param name="Best">The lowest mean of a window so far.</param>
/// <param name="Sum">The sum of the finite losses of the present window.</param>
/// <param name="Finite">How many these are.</param>
/// <param name="Seen">How many losses the present window has.</param>
/// <param name="WindowsWithoutProgress">Windows in a row that were no better than the best.</param>
internal readonly record struct PlateauWatchState(EarlyStopping Stopping, double Best, double Sum, int Finite, int Seen, int WindowsWithoutProgress);
