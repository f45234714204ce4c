namespace Pyrite.Cli.Tests;

/// <summary>A test that needs the launchers of Open MPI and MPICH; skipped, with a word, where they are missing.</summary>
public sealed class LauncherFactAttribute : FactAttribute
{
    public LauncherFactAttribute() => Skip = IsThere("mpirun.openmpi") && IsThere("mpiexec.hydra")
        ? null
        : "Open MPI and MPICH are not both installed (Debian: openmpi-bin, mpich).";

    private static bool IsThere(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
}
