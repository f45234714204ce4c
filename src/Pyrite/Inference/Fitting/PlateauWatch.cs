using Pyrite.Inference.Fitting.Checkpoints;

namespace Pyrite.Inference.Fitting;

/// <summary>Watches the losses of a run for a plateau.</summary>
internal sealed class PlateauWatch(EarlyStopping stopping)
{
    private PlateauWatchState state = new(stopping, double.PositiveInfinity, 0, 0, 0, 0);

    /// <summary>All that it remembers; what never changes by itself, so it can be saved.</summary>
    public PlateauWatchState State
    {
        get => state;
        init => state = value;
    }

    /// <summary>Takes a loss; returns whether the run shall end.</summary>
    public bool Ends(double loss)
    {
        state = state with { Seen = state.Seen + 1 };
        if (double.IsFinite(loss))
        {
            state = state with { Sum = state.Sum + loss, Finite = state.Finite + 1 };
        }
        if (state.Seen < stopping.Window)
        {
            return false;
        }
        double best = state.Best, mean = state.Finite > 0 ? state.Sum / state.Finite : double.PositiveInfinity;
        bool isBetter = double.IsInfinity(best) ? mean < best : mean < best - (stopping.Tolerance * Math.Abs(best));
        state = new PlateauWatchState(stopping, Math.Min(best, mean), 0, 0, 0, isBetter ? 0 : state.WindowsWithoutProgress + 1);
        return state.WindowsWithoutProgress >= stopping.Patience;
    }
}
