namespace Pyrite.Language;

/// <summary>Puts the token of a thread's runs into its execution context while a handler is open.</summary>
internal sealed class RunContext
{
    private ExecutionContext? closed;
    private ExecutionContext? open;
    private RunToken? outer;

    /// <summary>The token of the present run, or of the last one.</summary>
    public RunToken? Token { get; private set; }

    /// <summary>Whether a handler is open on this thread.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>The task in which the run goes on; null outside of tasks.</summary>
    public int? Task { get; set; }

    /// <summary>Whether a run has begun since the first handler was opened, which refuses statements on other threads when it ends.</summary>
    public bool HasRun { get; set; }

    /// <summary>A first handler is opened.</summary>
    public void Enter()
    {
        if (!IsOpen)
        {
            (IsOpen, Task) = (true, System.Threading.Tasks.Task.CurrentId);
        }
        ExecutionContext? now = ExecutionContext.Capture();
        if (now is null || (ReferenceEquals(now, open) && open is not null))
        {
            // Nothing flows from here to other threads, or the token stands already.
            return;
        }
        if (ReferenceEquals(now, closed))
        {
            ExecutionContext.Restore(open!);
            return;
        }
        outer = RunToken.Current;
        Token = new RunToken();
        RunToken.Current = Token;
        (closed, open) = (now, ExecutionContext.Capture());
    }

    /// <summary>The last handler is closed.</summary>
    public void Leave()
    {
        if (!HasRun)
        {
            // The statement has been refused where it was made, and no run is to blame.
            Token?.ForgetTrespass();
        }
        (IsOpen, HasRun) = (false, false);
        if (ReferenceEquals(ExecutionContext.Capture(), open) && open is not null)
        {
            ExecutionContext.Restore(closed!);
        }
        else if (Token is not null && ReferenceEquals(RunToken.Current, Token))
        {
            // The model itself has changed the context, which stays as it left it but for the token.
            RunToken.Current = outer;
        }
    }
}
