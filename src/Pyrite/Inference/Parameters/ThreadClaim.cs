namespace Pyrite.Inference.Parameters;

/// <summary>Lets one thread at a time use an inference, and says so to the others.</summary>
internal sealed class ThreadClaim
{
    private int owner;
    private int depth;
    private string? running;

    /// <summary>Claims the inference for the present thread.</summary>
    /// <param name="action">What is to be done: the method's name.</param>
    /// <param name="runsModel">Whether it runs model and guide, in which the same inference cannot be used again.</param>
    /// <exception cref="InvalidOperationException">Another thread has it, or its own model is being run.</exception>
    public Scope Enter(string action, bool runsModel)
    {
        int here = Environment.CurrentManagedThreadId;
        if (owner != here && Interlocked.CompareExchange(ref owner, here, 0) is var other and not 0)
        {
            throw Busy(action, other);
        }
        if (runsModel && running is not null)
        {
            throw new InvalidOperationException(
                $"{action} was called while {running} of the same Svi runs its model or guide. An inference cannot use itself; make another Svi for "
                    + "the inner one.");
        }
        depth++;
        running = runsModel ? action : running;
        return new Scope(this, runsModel);
    }

    /// <summary>Refuses while another thread has the inference.</summary>
    /// <exception cref="InvalidOperationException">It has.</exception>
    public void Require(string action)
    {
        int other = Volatile.Read(ref owner);
        if (other != 0 && other != Environment.CurrentManagedThreadId)
        {
            throw Busy(action, other);
        }
    }

    private static InvalidOperationException Busy(string action, int other) =>
        new($"{action} was called on thread {Environment.CurrentManagedThreadId} while thread {other} is using the same Svi. One thread at a time "
            + "may use an Svi and its parameters: wait until the other one has returned, make an Svi for each thread, or read parameters in a "
            + "progress report that runs on the thread of the run (a class of your own that implements IProgress, because Progress<T> reports on "
            + "another thread).");

    /// <summary>The stretch in which the thread has the inference.</summary>
    public readonly ref struct Scope(ThreadClaim claim, bool runsModel)
    {
        /// <summary>Gives the inference back.</summary>
        public void Dispose()
        {
            claim.running = runsModel ? null : claim.running;
            if (--claim.depth == 0)
            {
                Volatile.Write(ref claim.owner, 0);
            }
        }
    }
}
