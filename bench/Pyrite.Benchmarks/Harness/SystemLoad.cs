using System.Globalization;

namespace Pyrite.Benchmarks.Harness;

/// <summary>What all other processes of the machine compute during a slice that is a process of its own.</summary>
/// <remarks>From Linux's <c>/proc/stat</c> and <c>/proc/self/stat</c>, in ticks of 10 ms, so for slices of 0.2 s and more. Elsewhere nothing is
/// known, and the share is zero.</remarks>
internal sealed class SystemLoad
{
    private const string Machine = "/proc/stat";
    private const int Idle = 3;
    private const int WaitingForDisk = 4;

    /// <summary>Columns of user, nice, system, idle, disk, interrupts (two) and what the host took; guests are counted in the first.</summary>
    private const int Columns = 8;

    private (double All, double Busy, double Own) before;

    public void Start() => before = Read();

    /// <summary>The share of all cores' time that went to others.</summary>
    public double ShareOfOthers()
    {
        (double all, double busy, double own) = Read();
        return all > before.All ? Math.Max(0, busy - before.Busy - (own - before.Own)) / (all - before.All) : 0;
    }

    private static (double All, double Busy, double Own) Read()
    {
        if (!File.Exists(Machine))
        {
            return default;
        }
        double[] ticks = Numbers(File.ReadLines(Machine).First()["cpu".Length..])[..Columns];

        // After the name in brackets come the state and ten numbers, then time of user and system, and the same of children that have ended.
        string own = File.ReadAllText("/proc/self/stat");
        double[] process = Numbers(own[(own.LastIndexOf(')') + 3)..]);
        return (ticks.Sum(), ticks.Sum() - ticks[Idle] - ticks[WaitingForDisk], process[10..14].Sum());
    }

    private static double[] Numbers(string text) =>
        [.. text.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries)
            .Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
}
