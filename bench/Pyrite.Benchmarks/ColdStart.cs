using System.Diagnostics;

namespace Pyrite.Benchmarks;

/// <summary>The built command line as a user starts it: eight schools, four chains of 1,000 warm-up transitions and 1,000 draws.</summary>
/// <param name="Summary">Seconds from the start of the process to its printed summary.</param>
/// <param name="Exit">Seconds to its end.</param>
internal readonly record struct ColdStart(double Summary, double Exit)
{
    /// <summary>What stands in the last line of the report.</summary>
    private const string InLastLine = "gradients each";

    /// <summary>Starts the process once.</summary>
    /// <param name="options">What follows the example's name.</param>
    /// <exception cref="ArgumentException">The command line is not built, or failed.</exception>
    public static ColdStart Of(params string[] options)
    {
        string configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        string file = OperatingSystem.IsWindows() ? "Pyrite.Cli.exe" : "Pyrite.Cli";
        string program = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "Pyrite.Cli", configuration, file));
        if (!File.Exists(program))
        {
            throw new ArgumentException(
                $"The cold start is measured with the built command line, which is not there: {program}. "
                + "Build apps/Pyrite.Cli in the same configuration.");
        }
        ProcessStartInfo start = new(program, ["sample", "eight-schools", .. options]) { RedirectStandardOutput = true };
        long began = Stopwatch.GetTimestamp();
        using Process process = Process.Start(start)!;
        double summary = double.NaN;
        while (process.StandardOutput.ReadLine() is { } line)
        {
            if (line.Contains(InLastLine, StringComparison.Ordinal))
            {
                summary = Stopwatch.GetElapsedTime(began).TotalSeconds;
            }
        }
        process.WaitForExit();
        double exit = Stopwatch.GetElapsedTime(began).TotalSeconds;
        return process.ExitCode == 0 && !double.IsNaN(summary)
            ? new ColdStart(summary, exit)
            : throw new ArgumentException(
                $"The command line ended with exit code {process.ExitCode} and {(double.IsNaN(summary) ? "no" : "a")} summary.");
    }
}
