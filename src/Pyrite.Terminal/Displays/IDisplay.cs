namespace Pyrite.Displays;

/// <summary>A way to show a run.</summary>
internal interface IDisplay
{
    /// <summary>Told whenever the run has come further.</summary>
    void Show(RunStatus run);

    /// <summary>Told when the run is over.</summary>
    void End(RunStatus run);

    /// <summary>Says something about the run, on a line of its own.</summary>
    /// <param name="note">A sentence or two.</param>
    /// <param name="elsewhere">Where to say it; null for where the run is shown.</param>
    void Tell(string note, TextWriter? elsewhere);
}
