using Pyrite.Binding;

namespace Pyrite.Launching;

public sealed class LauncherTests
{
    [Fact]
    public void A_process_without_a_launchers_variables_is_alone() => Assert.Null(Launcher.Find(_ => null));

    [Theory]
    [InlineData("OMPI_COMM_WORLD_SIZE=4 OMPI_COMM_WORLD_RANK=3", "mpirun (Open MPI)", 4, 3, "libmpi.so.40")]
    [InlineData("PMI_SIZE=2 PMI_RANK=1", "mpiexec (MPICH or Intel MPI)", 2, 1, "libmpich.so.12")]
    [InlineData("SLURM_STEP_NUM_TASKS=8 SLURM_PROCID=5 PMIX_RANK=5", "srun (Slurm)", 8, 5, "libmpi.so.40")]
    [InlineData("SLURM_STEP_NUM_TASKS=8 SLURM_PROCID=5", "srun (Slurm)", 8, 5, "libmpich.so.12")]
    public void A_launcher_is_known_by_its_variables_and_its_own_library_is_tried_first(
        string variables, string name, int size, int rank, string library)
    {
        Launcher launcher = Find(variables)!;

        Assert.Equal((name, size, rank), (launcher.Name, launcher.Size, launcher.Rank));
        Assert.Equal(library, MpiLibrary.Candidates(launcher, null)[0]);
    }

    [Theory]
    [InlineData("SLURM_NTASKS=8 SLURM_PROCID=0")]                   // the script of a job
    [InlineData("SLURM_STEP_NUM_TASKS=1 SLURM_PROCID=0")]           // a shell on a node
    [InlineData("OMPI_COMM_WORLD_SIZE=many")]
    public void What_looks_like_a_launcher_only_is_none(string variables) => Assert.Null(Find(variables));

    [Fact]
    public void A_users_wish_goes_before_the_launchers_library()
    {
        Launcher launcher = Find("OMPI_COMM_WORLD_SIZE=2")!;

        Assert.Equal("libmpich.so.12", MpiLibrary.Candidates(launcher, " mpich ")[0]);
        Assert.Equal(["libmpi_abi.so.0", "libmpi_abi.0.dylib"], MpiLibrary.Candidates(launcher, "ABI"));
        Assert.Equal(["lib/mine.so"], MpiLibrary.Candidates(launcher, "lib/mine.so"));
    }

    [Fact]
    public void A_launcher_without_a_library_is_refused_with_what_was_looked_for()
    {
        ClusterException refusal = Assert.Throws<ClusterException>(() => MpiLibrary.Start(Find("PMI_SIZE=2")!, "libnothing-of-this-name.so"));

        Assert.Contains("started 2 ranks", refusal.Message);
        Assert.Contains("libnothing-of-this-name.so", refusal.Message);
        Assert.Contains("PYRITE_MPI", refusal.Message);
    }

    private static Launcher? Find(string variables)
    {
        Dictionary<string, string> found = variables.Split(' ').Select(one => one.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);
        return Launcher.Find(found.GetValueOrDefault);
    }
}
