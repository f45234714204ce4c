using System.Runtime.InteropServices;

namespace Pyrite.Binding;

/// <summary>The handlers of signals that .NET needs, kept while a library starts that takes them, and put back afterwards.</summary>
/// <remarks>.NET turns an access to address 0 into a <see cref="NullReferenceException"/>, which a program may catch. UCX, one of MPI's transports,
/// takes these signals for reports of its own: with its handlers the process would end.</remarks>
internal sealed partial class KeptHandlers
{
    // More than the structure takes on any system.
    private const int MostBytes = 512;

    private readonly int[] signals = OperatingSystem.IsLinux() ? [4, 7, 8, 11] : [4, 8, 10, 11];
    private readonly byte[] kept;

    private KeptHandlers()
    {
        kept = new byte[signals.Length * MostBytes];
    }

    /// <summary>Keeps the handlers of SIGILL, SIGBUS, SIGFPE and SIGSEGV as they are now; nothing on Windows, whose faults are no signals.</summary>
    public static KeptHandlers? Keep()
    {
        if (OperatingSystem.IsWindows())
        {
            return null;
        }
        KeptHandlers handlers = new();
        for (int i = 0; i < handlers.signals.Length; i++)
        {
            Check(GetHandler(handlers.signals[i], 0, handlers.Place(i)));
        }
        return handlers;
    }

    /// <summary>Puts them back.</summary>
    public void PutBack()
    {
        for (int i = 0; i < signals.Length; i++)
        {
            Check(SetHandler(signals[i], Place(i), 0));
        }
    }

    private Span<byte> Place(int i) => kept.AsSpan(i * MostBytes, MostBytes);

    private static void Check(int result)
    {
        if (result != 0)
        {
            throw new ClusterException($"The system did not tell or take a handler of a signal (error {Marshal.GetLastPInvokeError()}).");
        }
    }

    [LibraryImport("libc", EntryPoint = "sigaction", SetLastError = true)]
    private static partial int GetHandler(int signal, nint handler, Span<byte> earlier);

    [LibraryImport("libc", EntryPoint = "sigaction", SetLastError = true)]
    private static partial int SetHandler(int signal, ReadOnlySpan<byte> handler, nint earlier);
}
