using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Pyrite.Benchmarks.Harness;

/// <summary>The time that the calling thread has computed: what others take from it on a busy machine does not count.</summary>
/// <remarks>Linux has a clock of nanoseconds for it; elsewhere the wall clock stands in, and the machine's line says so.</remarks>
internal static partial class ThreadClock
{
    private const int ThreadCpuTime = 3;

    /// <summary>Linux makes a clock's number from that of a thread: its complement, and bits for "one thread" and "time on a core".</summary>
    private const int ShiftOfThread = 3;
    private const int OneThreadOnCore = 6;

    /// <summary>How it is measured here.</summary>
    public static string Name => OperatingSystem.IsLinux() ? "thread CPU time" : "wall clock, which cannot tell what others take";

    /// <summary>Seconds from some beginning.</summary>
    public static double Seconds
    {
        get
        {
            double seconds = OperatingSystem.IsLinux() ? Read(ThreadCpuTime) : double.NaN;
            return double.IsNaN(seconds) ? Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency : seconds;
        }
    }

    /// <summary>Seconds that another thread of this process has computed, by the system's number of it.</summary>
    /// <remarks>Linux alone. Not a number for a thread that has ended.</remarks>
    public static double Of(int thread) => Read((~thread << ShiftOfThread) | OneThreadOnCore);

    private static double Read(int clock) => Read(clock, out TimeSpec time) == 0 ? time.Seconds + (1e-9 * time.Nanoseconds) : double.NaN;

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int Read(int clock, out TimeSpec time);

    private readonly struct TimeSpec
    {
        public readonly nint Seconds;
        public readonly nint Nanoseconds;
    }
}
