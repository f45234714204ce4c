namespace Pyrite.Launched;

/// <summary>A test that starts ranks under Open MPI's launcher; skipped, with a word, where there is none.</summary>
public sealed class OpenMpiFactAttribute : FactAttribute
{
    public OpenMpiFactAttribute() => Skip = Launch.OpenMpi is null ? "mpirun of Open MPI is not installed (Debian: openmpi-bin)." : null;
}

/// <summary>A test of several cases that starts ranks under Open MPI's launcher; skipped, with a word, where there is none.</summary>
public sealed class OpenMpiTheoryAttribute : TheoryAttribute
{
    public OpenMpiTheoryAttribute() => Skip = Launch.OpenMpi is null ? "mpirun of Open MPI is not installed (Debian: openmpi-bin)." : null;
}

/// <summary>A test that needs both Open MPI and MPICH.</summary>
public sealed class BothMpiFactAttribute : FactAttribute
{
    public BothMpiFactAttribute() => Skip = Launch.OpenMpi is null || Launch.Mpich is null
        ? "Open MPI and MPICH are not both installed (Debian: openmpi-bin, mpich)."
        : null;
}
