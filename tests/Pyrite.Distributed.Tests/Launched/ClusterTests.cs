using System.Diagnostics;

namespace Pyrite.Launched;

/// <summary>What ranks ask of each other, under real launchers.</summary>
[Trait("Category", "Long")]
public sealed class ClusterTests : IDisposable
{
    private readonly Launch launch = new();

    public void Dispose() => launch.Dispose();

    [OpenMpiTheory]
    [InlineData(1, "sum 0.5")]
    [InlineData(2, "sum 2")]
    [InlineData(3, "sum 4.5")]
    [InlineData(4, "sum 8")]
    public void Ranks_add_and_share_out_work(int ranks, string sum)
    {
        LaunchedRun run = launch.OnRanks(ranks, "sums");

        string expected = $"{ranks} ranks on 1 hosts, {sum}\n1 4 9 16 25 36 49 one{ranks} zwei{ranks} trois{ranks}";
        Assert.True(run.Code == 0 && run.Output.Contains(expected), run.All);
    }

    [BothMpiFact]
    public void MPICH_and_no_launcher_at_all_do_the_same()
    {
        LaunchedRun alone = launch.Alone("sums"), mpich = launch.OnMpich(2, "sums");

        Assert.True(alone.Code == 0 && alone.Output.Contains("1 ranks on 1 hosts, sum 0.5\n1 4 9 16 25 36 49 one1 zwei1 trois1"), alone.All);
        Assert.True(mpich.Code == 0 && mpich.Output.Contains("2 ranks on 1 hosts, sum 2\n1 4 9 16 25 36 49 one2 zwei2 trois2"), mpich.All);
    }

    /// <summary>UCX, the transport that takes the signals, is asked for by name.</summary>
    [BothMpiFact]
    public void A_caught_null_reference_stays_caught()
    {
        LaunchedRun mpich = launch.OnMpich(2, "null");
        launch.Variables["OMPI_MCA_pml"] = "ucx";
        launch.Variables["OMPI_MCA_pml_ucx_tls"] = launch.Variables["OMPI_MCA_pml_ucx_devices"] = "any";
        LaunchedRun open = launch.OnRanks(2, "null");

        Assert.True(mpich.Code == 0 && mpich.Output.Contains("caught on rank 0") && mpich.Output.Contains("caught on rank 1"), mpich.All);
        Assert.True(open.Code == 0 && open.Output.Contains("caught on rank 0") && open.Output.Contains("caught on rank 1"), open.All);
    }

    [OpenMpiFact]
    public void Ranks_of_a_host_share_its_threads()
    {
        launch.Variables.Remove("PYRITE_THREADS");

        LaunchedRun run = launch.OnRanks(2, "threads");

        int each = Math.Max(1, Environment.ProcessorCount / 2);
        Assert.True(run.Output.Contains($"threads {each} {each}"), run.All);
    }

    [OpenMpiTheory]
    [InlineData(10)]    // SIGUSR1, which mpirun hands on
    [InlineData(15)]    // SIGTERM, after which it leaves the ranks a second
    public void A_signal_stops_all_ranks_at_the_same_step(int signal)
    {
        Stopwatch watch = Stopwatch.StartNew();
        Process process = launch.Begin(Launch.OpenMpi!, 2, "stop", launch.Folder);
        LaunchWait.For(process, () => launch.Count("begun-*") == 2);
        using (Process kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]))
        {
            kill.WaitForExit();
        }

        LaunchedRun run = launch.Finish(process, watch);

        string[] steps = [.. Directory.EnumerateFiles(launch.Folder, "stopped-*").Select(File.ReadAllText)];
        Assert.True(steps.Length == 2 && steps[0] == steps[1], $"{string.Join(' ', steps)}: {run.All}");
        Assert.True(signal == 15 || run.Code == Cluster.GoOnLater, run.All);
    }
}
