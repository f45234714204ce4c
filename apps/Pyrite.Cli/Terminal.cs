using Microsoft.Win32.SafeHandles;

namespace Pyrite.Cli;

/// <summary>Where a command writes, and whether a person watches: then progress is drawn in place, otherwise as plain lines.</summary>
internal sealed record Terminal(TextWriter Output, TextWriter Error, bool IsInteractive)
{
    private const int StandardOutput = 1;

    /// <summary>The streams of the process. Where nobody reads them any more, or their disk is full, the command goes on and saves what it
    /// has.</summary>
    public static Terminal OfProcess() => Console.IsOutputRedirected
        ? new(new LastingWriter(OpenOutput), new LastingWriter(() => Console.Error), IsInteractive: false)
        : new(Console.Out, new LastingWriter(() => Console.Error), new TerminalProgress().Style == ProgressStyle.Live);

    /// <summary>The streams of a process among several: the first one alone writes its output, in plain lines, as the launcher mixes them; problems
    /// are told by all.</summary>
    public static Terminal OfRank(bool isFirst) =>
        new(isFirst ? new LastingWriter(OpenOutput) : TextWriter.Null, new LastingWriter(() => Console.Error), IsInteractive: false);

    /// <summary>Console.Out says nothing of a reader that has gone; the pipe below it does.</summary>
    private static TextWriter OpenOutput()
    {
        if (OperatingSystem.IsWindows())
        {
            return Console.Out;
        }
        FileStream stream = new(new SafeFileHandle(StandardOutput, ownsHandle: false), FileAccess.Write, bufferSize: 1);
        // A file has one position for all that write to it, which a stream of its own would not share.
        return stream.CanSeek ? Console.Out : new StreamWriter(stream) { AutoFlush = true };
    }
}
