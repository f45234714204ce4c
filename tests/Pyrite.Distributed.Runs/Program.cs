namespace Pyrite.Tests;

/// <summary>What the tests start under <c>mpirun</c>: the first argument says which run.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        // A test looks afterwards whether any of these is left.
        if (Environment.GetEnvironmentVariable("PYRITE_TEST_PROCESSES") is { Length: > 0 } folder)
        {
            File.WriteAllText(Path.Combine(folder, $"{Environment.ProcessId}"), "");
        }
        return Cluster.Run(arguments, cluster => arguments[0] switch
        {
            "sums" => SharedRuns.Sums(cluster),
            "threads" => SharedRuns.Threads(cluster),
            "null" => SharedRuns.CatchNull(cluster),
            "fit" => FittedRuns.Fit(cluster, arguments),
            "chains" => FittedRuns.Chains(cluster, arguments[1]),
            "stop" => SharedRuns.StopWhenAsked(cluster, arguments[1]),
            _ => FailingRuns.Run(cluster, arguments),
        });
    }
}
