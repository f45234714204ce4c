using System.Diagnostics;

namespace Pyrite.Cli.Tests;

/// <summary><c>pyrite</c> in a process of its own, for what only a real process has: streams that are closed, signals.</summary>
internal sealed class CliProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process process;
    private readonly Task<string> error;

    private CliProcess(Process process)
    {
        this.process = process;
        error = process.StandardError.ReadToEndAsync();
    }

    public int Id => process.Id;

    /// <summary>Starts the command.</summary>
    public static CliProcess Start(params string[] arguments) =>
        Start(Environment.ProcessPath!, ["exec", typeof(CommandLine).Assembly.Location, .. arguments]);

    /// <summary>Runs a line of the shell, in which <c>pyrite</c> is the command.</summary>
    public static (int ExitCode, string[] Error) Shell(string line)
    {
        using CliProcess shell =
            Start("bash", ["-c", $"pyrite() {{ \"{Environment.ProcessPath}\" exec \"{typeof(CommandLine).Assembly.Location}\" \"$@\"; }}; {line}"]);
        return shell.End();
    }

    /// <summary>Waits until the command has said something.</summary>
    public void WaitForOutput() => process.StandardOutput.ReadLineAsync().Wait(Patience);

    /// <summary>Waits until something holds.</summary>
    public void WaitFor(Func<bool> condition)
    {
        for (Stopwatch waited = Stopwatch.StartNew(); !condition(); Thread.Sleep(5))
        {
            Assert.True(waited.Elapsed < Patience && !process.HasExited, "What was waited for did not come.");
        }
    }

    /// <summary>Sends a signal by its name.</summary>
    public void Signal(string name)
    {
        using Process kill = Process.Start("kill", ["-" + name, process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Waits for the end.</summary>
    /// <returns>The exit code, and the lines of the error stream.</returns>
    public (int ExitCode, string[] Error) End()
    {
        process.StandardOutput.ReadToEndAsync().Wait(Patience);
        Assert.True(process.WaitForExit(Patience), "The command does not end.");
        return (process.ExitCode, error.Result.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
            process.WaitForExit();
        }
        process.Dispose();
    }

    private static CliProcess Start(string program, string[] arguments) =>
        new(Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!);
}
