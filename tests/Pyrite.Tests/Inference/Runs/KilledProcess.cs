using System.Diagnostics;

namespace Pyrite.Tests;

/// <summary>A run in a process of its own, for killing.</summary>
internal static class KilledProcess
{
    /// <summary>Starts a run of <see cref="KilledRuns"/>, waits until it has come far enough, and kills it without warning.</summary>
    /// <param name="what">What to run.</param>
    /// <param name="path">Where it writes to.</param>
    /// <param name="isFarEnough">Asked again and again.</param>
    /// <param name="later">How long it may go on then, so that kills hit it anywhere.</param>
    public static void Run(string what, string path, Func<bool> isFarEnough, TimeSpan later)
    {
        string program = typeof(KilledRuns).Assembly.Location;
        using Process process =
            Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["exec", program, what, path]) { RedirectStandardError = true })!;
        try
        {
            Stopwatch waited = Stopwatch.StartNew();
            while (!isFarEnough())
            {
                Assert.False(process.HasExited, "The run ended before it was killed.");
                Assert.True(waited.Elapsed < TimeSpan.FromMinutes(2), "The run has not come far enough within two minutes.");
                Thread.Sleep(1);
            }
            Thread.Sleep(later);
        }
        finally
        {
            process.Kill();
            process.WaitForExit();
        }
    }
}
