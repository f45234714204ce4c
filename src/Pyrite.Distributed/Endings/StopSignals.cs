using System.Runtime.InteropServices;

namespace Pyrite.Endings;

/// <summary>Turns the first request of the system to end into a request to stop of which all ranks hear together; a second one ends the
/// process.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly PosixSignalRegistration[] registrations;
    private volatile ProcessGroup? group;
    private volatile bool isPerson;

    /// <summary>Takes SIGTERM, SIGINT and, where there is one, SIGUSR1, which launchers hand on and schedulers send before time is up.</summary>
    public StopSignals()
    {
        List<PosixSignal> signals = [PosixSignal.SIGTERM, PosixSignal.SIGINT];
        if (!OperatingSystem.IsWindows())
        {
            // .NET has no name for it, and takes the system's own number.
            signals.Add((PosixSignal)(OperatingSystem.IsLinux() ? 10 : 30));
        }
        registrations = [.. signals.Select(signal => PosixSignalRegistration.Create(signal, Handle))];
    }

    /// <summary>Says who is to hear of requests; before, they end the process.</summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="isPerson">Whether a person at the keyboard asks, and is answered; launchers send these signals also when they end a job.</param>
    public void Tell(ProcessGroup ranks, bool isPerson) => (this.isPerson, group) = (isPerson, ranks);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in registrations)
        {
            registration.Dispose();
        }
    }

    private void Handle(PosixSignalContext context)
    {
        if (group is { IsStopRequested: false } ranks)
        {
            context.Cancel = true;
            ranks.RequestStop();
            if (isPerson)
            {
                Console.Error.WriteLine("Asked to stop: the program saves and ends after this step. A second signal ends it at once.");
            }
        }
    }
}
