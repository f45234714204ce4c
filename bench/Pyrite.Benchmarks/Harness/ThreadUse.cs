using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Pyrite.Benchmarks.Harness;

/// <summary>What the threads of this process got of the machine since a moment: CPU time, and time in which they were ready without a core.</summary>
/// <remarks>
/// Linux tells both; the waits stand in <c>/proc/self/task/N/schedstat</c> and are counted when they are over. Elsewhere nothing is known.
/// </remarks>
internal sealed class ThreadUse : IDisposable
{
    private const string Tasks = "/proc/self/task";

    private readonly int[] threads;
    private readonly SafeFileHandle[] files;
    private readonly double[] cpu;
    private readonly double[] waited;
    private readonly byte[] text = new byte[128];

    /// <summary>Watches the threads that there are now.</summary>
    public ThreadUse()
    {
        string[] tasks = Directory.Exists(Tasks) ? Directory.GetDirectories(Tasks) : [];
        threads = Array.ConvertAll(tasks, task => int.Parse(Path.GetFileName(task), CultureInfo.InvariantCulture));
        files = [.. threads.Select(thread => File.OpenHandle($"{Tasks}/{thread}/schedstat"))];
        (cpu, waited) = (new double[threads.Length], new double[threads.Length]);
    }

    /// <summary>Whether this system tells.</summary>
    public bool IsKnown => threads.Length > 0;

    /// <summary>Begins to count.</summary>
    public void Start()
    {
        for (int i = 0; i < threads.Length; i++)
        {
            (cpu[i], waited[i]) = (ThreadClock.Of(threads[i]), Waited(files[i]));
        }
    }

    /// <summary>Seconds that all threads computed.</summary>
    public double Computed() => threads.Select((thread, i) => ThreadClock.Of(thread) - cpu[i]).Where(double.IsFinite).Sum();

    /// <summary>Seconds that the thread waited which waited longest.</summary>
    public double LongestWait() => files.Select((file, i) => Waited(file) - waited[i]).Where(double.IsFinite).Append(0).Max();

    public void Dispose() => Array.ForEach(files, file => file.Dispose());

    /// <summary>The second number of the file, nanoseconds; not a number for a thread that has ended.</summary>
    private double Waited(SafeFileHandle file)
    {
        try
        {
            int count = RandomAccess.Read(file, text, 0);
            string[] numbers = Encoding.ASCII.GetString(text, 0, count).Split(' ');
            return numbers.Length > 1 ? 1e-9 * long.Parse(numbers[1], CultureInfo.InvariantCulture) : double.NaN;
        }
        catch (IOException)
        {
            return double.NaN;
        }
    }
}
