using System.Globalization;

namespace Pyrite.Tests;

/// <summary>Runs that come to their end.</summary>
public static class SharedRuns
{
    public static int Sums(Cluster cluster)
    {
        double[] sum = [cluster.Rank + 0.5];
        cluster.Sum(sum, "halves");
        double[] squares = cluster.Map([1, 2, 3, 4, 5, 6, 7], item => (double)item * item);
        string[] words = cluster.Map(["one", "zwei", "trois"], word => word + cluster.Size);
        if (cluster.IsFirst)
        {
            Console.WriteLine($"{cluster.Size} ranks on {cluster.Hosts.Count} hosts, sum {sum[0].ToString(CultureInfo.InvariantCulture)}");
            Console.WriteLine($"{string.Join(' ', squares)} {string.Join(' ', words)}");
        }
        return 0;
    }

    public static int Threads(Cluster cluster)
    {
        int[] threads = cluster.Map(Enumerable.Range(0, cluster.Size).ToArray(), _ => cluster.Threads);
        if (cluster.IsFirst)
        {
            Console.WriteLine($"threads {string.Join(' ', threads)}");
        }
        return 0;
    }

    /// <summary>A transport that takes the handlers of signals for itself ends a process that does this.</summary>
    public static int CatchNull(Cluster cluster)
    {
        try
        {
            string? nothing = cluster.Rank < 0 ? "" : null;
            Console.WriteLine(nothing!.Length);
        }
        catch (NullReferenceException)
        {
            Console.WriteLine($"caught on rank {cluster.Rank} with {cluster.Library}");
        }
        cluster.Barrier("all have caught it");
        return 0;
    }

    /// <summary>Steps until a signal comes, and writes at which step this rank stopped.</summary>
    public static int StopWhenAsked(Cluster cluster, string folder)
    {
        for (int step = 0; step < 2_000; step++)
        {
            Thread.Sleep(5);
            cluster.Barrier($"step {step}");
            if (step == 0)
            {
                File.WriteAllText(Path.Combine(folder, $"begun-{cluster.Rank}"), "");
            }
            if (cluster.IsStopAgreed)
            {
                File.WriteAllText(Path.Combine(folder, $"stopped-{cluster.Rank}"), $"{step}");
                return Cluster.GoOnLater;
            }
        }
        return 0;
    }
}
