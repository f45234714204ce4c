namespace Pyrite.Cli;

/// <summary>What the command line tells its caller.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>A bad option, missing data, an output that cannot be written, or the system asked the process to end; one line on the error stream
    /// says which.</summary>
    public const int BadOption = 2;

    /// <summary>A training run with <c>--resume</c> was asked to stop by a launcher or by SIGUSR1 and has saved: the same command goes on.</summary>
    public const int GoOnLater = Cluster.GoOnLater;

    /// <summary>Stopped by Ctrl-C after saving: 128 + SIGINT, as shells expect.</summary>
    public const int Interrupted = 130;
}
