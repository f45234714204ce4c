namespace Pyrite.Language;

/// <summary>One run of a model or guide; a run inside of another one has handlers of its own.</summary>
internal readonly ref struct RunScope
{
    private readonly RunState? suspended;

    public RunScope(RunState? suspended) => this.suspended = suspended;

    /// <summary>Ends the run, and puts the handlers of the run around back.</summary>
    public void Dispose() => HandlerStack.EndRun(suspended);
}
