using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Pyrite.Benchmarks.Harness;

/// <summary>The time that the calling thread has computed: what others take from it on a busy machine does not count.</summary>
/// <remarks>Linux has a clock of nanoseconds for it; elsewhere the wall clock stands in, and the machine's line says so.</remarks>
internal static partial class ThreadClock
{
    private const int ThreadCpuTime = 3;

    /// <summary>How it is measured here.</summary>
    public static string Name => OperatingSystem.IsLinux() ? "thread CPU time" : "wall clock, which cannot tell what others take";

    /// <summary>Seconds from some beginning.</summary>
    public static double Seconds
    {
        get
        {
            if (OperatingSystem.IsLinux() && Read(ThreadCpuTime, out TimeSpec time) == 0)
            {
                return time.Seconds + (1e-9 * time.Nanoseconds);
            }
            return Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency;
        }
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int Read(int clock, out TimeSpec time);

    private readonly struct TimeSpec
    {
        public readonly nint Seconds;
        public readonly nint Nanoseconds;
    }
}
