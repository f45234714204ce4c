namespace Pyrite.Language;

/// <summary>Tells statements on other threads that a run is going on where their work came from.</summary>
/// <remarks>It flows with the execution context, as into <c>Task.Run</c>, <c>await</c>, <c>Parallel.For</c>, PLINQ and new threads. A thread keeps
/// its token, and the contexts with and without it, from run to run, so that opening a run takes no memory. A thread that has nothing to do with the
/// run does not see the token.</remarks>
internal sealed class RunToken
{
    private static readonly AsyncLocal<RunToken?> Flowing = new();

    private readonly int thread = Environment.CurrentManagedThreadId;
    private ModelException? trespass;

    /// <summary>The token of the run that the present work belongs to; null outside of runs.</summary>
    public static RunToken? Current
    {
        get => Flowing.Value;
        set => Flowing.Value = value;
    }

    /// <summary>Refuses a statement on a thread that the run does not own.</summary>
    /// <remarks>On a thread of the user's own an exception would end the process, so there the run is refused instead, when it ends. Tasks may be
    /// left alone or their exceptions caught, so the run is refused in that case, too.</remarks>
    /// <param name="site">The site; null for what has no name.</param>
    /// <param name="what">What was attempted.</param>
    /// <param name="isTask">Whether it happened in a task that the run does not own, on its very thread.</param>
    public void Refuse(string? site, string what, bool isTask = false)
    {
        int here = Environment.CurrentManagedThreadId;
        string start = site is null ? $"{char.ToUpperInvariant(what[0])}{what[1..]}" : what;
        string place =
            isTask
                ? "in a task inside of its run"
                : here == thread ? "after its run had ended" : $"on thread {here}, but its run belongs to thread {thread}";
        ModelException refusal =
            new(ModelError.StatementOnOtherThread, site,
                $"{start} was made {place}, where the run does not see it for certain: data or draws would be missing without a word. State "
                    + "everything on the thread that runs the model, before it returns: no tasks, await, parallel loops, PLINQ or threads of your "
                    + "own around statements.");
        Interlocked.CompareExchange(ref trespass, refusal, null);
        if (here == thread || Workers.IsTaskThread)
        {
            throw refusal;
        }
    }

    /// <summary>The run has been refused.</summary>
    public void ForgetTrespass() => Volatile.Write(ref trespass, null);

    /// <summary>Refuses the run if a statement of its own was made elsewhere.</summary>
    public void RequireNoTrespass()
    {
        if (Volatile.Read(ref trespass) is not null && Interlocked.Exchange(ref trespass, null) is { } refusal)
        {
            throw refusal;
        }
    }
}
