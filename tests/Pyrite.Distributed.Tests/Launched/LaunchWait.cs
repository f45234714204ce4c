using System.Diagnostics;

namespace Pyrite.Launched;

/// <summary>Waits for what a run does.</summary>
internal static class LaunchWait
{
    public static void For(Process process, Func<bool> isFarEnough)
    {
        Stopwatch waited = Stopwatch.StartNew();
        while (!isFarEnough())
        {
            Assert.False(process.HasExited, "The run ended before it had come far enough.");
            Assert.True(waited.Elapsed < TimeSpan.FromMinutes(1), "The run has not come far enough within a minute.");
            Thread.Sleep(2);
        }
    }
}
