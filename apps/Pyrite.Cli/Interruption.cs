using System.Runtime.InteropServices;

namespace Pyrite.Cli;

/// <summary>Turns the first Ctrl-C, or the first request of the system or a scheduler to end, into a request to stop and save; a second one ends
/// the process at once.</summary>
internal sealed class Interruption : IDisposable
{
    /// <summary>SIGUSR1, for which .NET has no name, so that it takes the system's own number.</summary>
    private static readonly PosixSignal UserSignal = (PosixSignal)(OperatingSystem.IsLinux() ? 10 : 30);

    private readonly CancellationTokenSource source = new();
    private readonly PosixSignalRegistration[] registrations;

    public Interruption()
    {
        List<PosixSignal> signals = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP];
        if (!OperatingSystem.IsWindows())
        {
            signals.Add(UserSignal);
        }
        registrations = [.. signals.Select(signal => PosixSignalRegistration.Create(signal, Handle))];
    }

    /// <summary>Whether the system, not the person at the keyboard, asked the process to end.</summary>
    public bool IsTermination { get; private set; }

    /// <summary>Whether SIGUSR1 came, which schedulers send before the time of a job is up.</summary>
    public bool IsOfScheduler { get; private set; }

    public CancellationToken Token => source.Token;

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in registrations)
        {
            registration.Dispose();
        }

        source.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        context.Cancel = !source.IsCancellationRequested;
        IsTermination |= context.Signal is PosixSignal.SIGTERM or PosixSignal.SIGHUP;
        IsOfScheduler |= context.Signal == UserSignal;
        source.Cancel();
    }
}
