using System.Runtime.InteropServices;

namespace Pyrite.Cli;

/// <summary>Turns the first Ctrl-C, or the first request of the system to end, into a request to stop and save; a second one ends the process at
/// once.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource source = new();
    private readonly PosixSignalRegistration[] registrations;

    public Interruption()
    {
        registrations =
            [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }
                .Select(signal => PosixSignalRegistration.Create(signal, Handle))];
    }

    /// <summary>Whether the system, not the person at the keyboard, asked the process to end.</summary>
    public bool IsTermination { get; private set; }

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
        IsTermination |= context.Signal != PosixSignal.SIGINT;
        source.Cancel();
    }
}
