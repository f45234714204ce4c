namespace Pyrite;

/// <summary>When a run of variational inference ends before its last step: when the mean loss of successive windows no longer falls.</summary>
/// <param name="Window">Steps of a window, over which losses are averaged.</param>
/// <param name="Patience">Windows in a row without progress that end the run.</param>
/// <param name="Tolerance">Progress is a fall by more than this share of the best window's mean.</param>
public sealed record EarlyStopping(int Window = 200, int Patience = 3, double Tolerance = 1e-4)
{
    /// <summary>Steps of a window, over which losses are averaged.</summary>
    public int Window { get; } =
        Window >= 1 ? Window : throw new ArgumentOutOfRangeException(nameof(Window), Window, "A window has at least one step.");

    /// <summary>Windows in a row without progress that end the run.</summary>
    public int Patience { get; } =
        Patience >= 1
            ? Patience
            : throw new ArgumentOutOfRangeException(nameof(Patience), Patience, "At least one window without progress must be borne.");

    /// <summary>All values by name, the same in every culture.</summary>
    public override string ToString() => RecordText.Of(this);
}
