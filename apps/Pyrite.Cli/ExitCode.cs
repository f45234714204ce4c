namespace Pyrite.Cli;

/// <summary>What the command line tells its caller.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>A bad option, missing data, an output that cannot be written, or the system asked the process to end; one line on the error stream
    /// says which.</summary>
    public const int BadOption = 2;

    /// <summary>Stopped by Ctrl-C after saving: 128 + SIGINT, as shells expect.</summary>
    public const int Interrupted = 130;
}
