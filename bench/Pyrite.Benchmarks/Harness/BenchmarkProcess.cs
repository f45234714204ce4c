using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Pyrite.Benchmarks.Harness;

/// <summary>This program once more, as a process of its own: in another mode, or with nothing compiled and no memory touched.</summary>
internal static partial class BenchmarkProcess
{
    private const int TerminateSignal = 15;

    /// <summary>The exit code after Ctrl-C, as shells give it.</summary>
    public const int Interrupted = 130;

    /// <summary>Turns the widest vectors off, for this process and those that it starts.</summary>
    public static readonly KeyValuePair<string, string> Avx2Only = new("DOTNET_EnableAVX512", "0");

    /// <summary>Runs it to its end, its output on this process's. Ctrl-C and a request to end end it, too.</summary>
    /// <returns>Its exit code.</returns>
    public static int Run(IEnumerable<string> arguments, params ReadOnlySpan<KeyValuePair<string, string>> environment)
    {
        ProcessStartInfo start = StartInfo(arguments);
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }
        Lock one = new();
        Process? process = null;
        bool isInterrupted = false;

        // Whoever asks between the start of the child and its entry here waits for it, so that no child is left behind.
        void End(PosixSignalContext context)
        {
            lock (one)
            {
                (context.Cancel, isInterrupted) = (true, true);
                Terminate(process);
            }
        }
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        lock (one)
        {
            if (isInterrupted)
            {
                return Interrupted;
            }
            process = Process.Start(start)!;
        }
        process.WaitForExit();
        return isInterrupted ? Interrupted : process.ExitCode;
    }

    /// <summary>Runs it to its end.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="program">Another executable of it, or null for this one.</param>
    /// <returns>The last line it wrote.</returns>
    /// <exception cref="ArgumentException">It failed.</exception>
    public static string LastLine(IEnumerable<string> arguments, string? program = null)
    {
        ProcessStartInfo start = program is null ? StartInfo(arguments) : new(program, arguments);
        start.RedirectStandardOutput = true;
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output.TrimEnd().Split('\n')[^1]
            : throw new ArgumentException($"\"{string.Join(' ', arguments)}\" ended with exit code {process.ExitCode}.");
    }

    /// <summary>Asks a child to end, which asks its own; where there are no signals, ends them all.</summary>
    private static void Terminate(Process? process)
    {
        if (process is { HasExited: false } && (OperatingSystem.IsWindows() || Signal(process.Id, TerminateSignal) != 0))
        {
            process.Kill(entireProcessTree: true);
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);

    /// <summary>The program's own file, or .NET's command with the assembly where that started it, and arguments.</summary>
    public static string[] Command(IEnumerable<string> arguments)
    {
        string program = Environment.ProcessPath!;
        bool isHost = Path.GetFileNameWithoutExtension(program) == "dotnet";
        return isHost ? [program, Environment.GetCommandLineArgs()[0], .. arguments] : [program, .. arguments];
    }

    private static ProcessStartInfo StartInfo(IEnumerable<string> arguments)
    {
        string[] command = Command(arguments);
        return new ProcessStartInfo(command[0], command[1..]);
    }
}
