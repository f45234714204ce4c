using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Pyrite.Benchmarks.Harness;

/// <summary>How long threads of this process were ready to run and had no core: CPU time, sleep and this make up the wall time.</summary>
/// <remarks>Linux counts it in <c>/proc/self/task/N/schedstat</c> (nanoseconds run, nanoseconds waited, turns). Elsewhere nothing is known, and the
/// waits are zero.</remarks>
internal sealed class ThreadWaits : IDisposable
{
    private const string Tasks = "/proc/self/task";

    private readonly SafeFileHandle[] files;
    private readonly long[] before;
    private readonly byte[] text = new byte[128];

    /// <summary>Watches the threads that there are now.</summary>
    public ThreadWaits()
    {
        files = Directory.Exists(Tasks)
            ? [.. Directory.GetDirectories(Tasks).Select(task => Path.Combine(task, "schedstat"))
                .Where(File.Exists).Select(file => File.OpenHandle(file))]
            : [];
        before = new long[files.Length];
    }

    public void Start()
    {
        for (int i = 0; i < files.Length; i++)
        {
            before[i] = Nanoseconds(files[i]);
        }
    }

    /// <summary>Seconds that the thread waited which waited longest.</summary>
    public double Longest()
    {
        long longest = 0;
        for (int i = 0; i < files.Length; i++)
        {
            longest = Math.Max(longest, Nanoseconds(files[i]) - before[i]);
        }
        return 1e-9 * longest;
    }

    public void Dispose() => Array.ForEach(files, file => file.Dispose());

    /// <summary>The second number of the file; zero for a thread that has ended.</summary>
    private long Nanoseconds(SafeFileHandle file)
    {
        try
        {
            int count = RandomAccess.Read(file, text, 0);
            string[] numbers = Encoding.ASCII.GetString(text, 0, count).Split(' ');
            return numbers.Length > 1 ? long.Parse(numbers[1], CultureInfo.InvariantCulture) : 0;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
