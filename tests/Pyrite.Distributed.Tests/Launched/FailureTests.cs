using System.Diagnostics;

namespace Pyrite.Launched;

/// <summary>No silent partial run and no endless wait: whatever one rank does, all end soon, with an exit code that is not 0 and a text.</summary>
[Trait("Category", "Long")]
public sealed class FailureTests : IDisposable
{
    private readonly Launch launch = new() { Limit = TimeSpan.FromSeconds(60) };

    public void Dispose() => launch.Dispose();

    [OpenMpiTheory]
    [InlineData("throw 2", 1, "Rank 2 of 4", "on purpose, on rank 2")]
    [InlineData("throw 0", 1, "Rank 0 of 4", "on purpose, on rank 0")]
    [InlineData("exit 3 0", 1, "Rank 3 of 4", "exit code 0 before the end of its program")]
    [InlineData("exit 1 3", 3, "Rank 1 of 4", "exit code 3 before the end of its program")]
    [InlineData("return 1 0", 1, "\"the end of the program\"", "\"the second step\"")]
    [InlineData("skip 1", 1, "\"the third step\"", "\"the second step\"")]
    [InlineData("unequal 2", 1, "gives 72", "numbers of the second step")]
    public void A_rank_that_goes_its_own_way_ends_all(string arguments, int code, string rank, string cause)
    {
        LaunchedRun run = launch.OnRanks(4, arguments.Split(' '));

        Assert.True(run.Code == code && run.Errors.Contains(rank) && run.Errors.Contains(cause), run.All);
    }

    [BothMpiFact]
    public void MPICH_does_not_end_with_0_either_when_a_rank_leaves()
    {
        LaunchedRun exit = launch.OnMpich(2, "exit", "1", "0"), failure = launch.OnMpich(2, "throw", "1");

        Assert.True(exit.Code != 0 && exit.Errors.Contains("before the end of its program"), exit.All);
        Assert.True(failure.Code != 0 && failure.Errors.Contains("on purpose, on rank 1"), failure.All);
    }

    [OpenMpiFact]
    public void The_same_failure_on_all_ranks_is_told_once()
    {
        LaunchedRun run = launch.OnRanks(4, "throw");

        Assert.True(run.Code == 1 && run.Errors.Split("on purpose").Length == 2, run.All);
    }

    [OpenMpiFact]
    public void A_rank_that_does_not_come_is_waited_for_as_long_as_patience_says()
    {
        launch.Variables["PYRITE_PATIENCE"] = "1";

        LaunchedRun run = launch.OnRanks(2, "sleep", "1");

        Assert.True(run.Code == 1 && run.Errors.Contains("has waited 1 s for rank 1 at \"the second step\""), run.All);
    }

    [BothMpiFact]
    public void A_launcher_with_another_library_is_refused()
    {
        launch.Variables["PYRITE_MPI"] = "mpich";
        LaunchedRun open = launch.OnRanks(2, "sums");
        launch.Variables["PYRITE_MPI"] = "openmpi";
        LaunchedRun mpich = launch.OnMpich(2, "sums");

        Assert.True(open.Code == 1 && open.Errors.Contains("mpirun (Open MPI) started 2 ranks, but libmpich.so.12 sees 1"), open.All);
        Assert.True(mpich.Code == 1 && mpich.Errors.Contains("mpiexec (MPICH or Intel MPI) started 2 ranks, but libmpi.so.40 sees 1"), mpich.All);
    }

    [OpenMpiFact]
    public void A_killed_rank_ends_all()
    {
        Stopwatch watch = Stopwatch.StartNew();
        Process process = launch.Begin(Launch.OpenMpi!, 4, "stop", launch.Folder);
        LaunchWait.For(process, () => launch.Count("begun-*") == 4);
        Process.GetProcessById(launch.Processes[2]).Kill();

        LaunchedRun run = launch.Finish(process, watch);

        Assert.True(run.Code == 137, run.All);
    }
}
