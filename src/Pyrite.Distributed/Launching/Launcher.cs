using System.Globalization;

namespace Pyrite.Launching;

/// <summary>What started this process together with others, as the variables say that it left in the environment.</summary>
/// <param name="Name">Its name in words.</param>
/// <param name="Size">How many processes it started.</param>
/// <param name="Rank">The number of this one, from 0.</param>
/// <param name="Families">The libraries that may understand it, the most likely first.</param>
internal sealed record Launcher(string Name, int Size, int Rank, MpiFamily[] Families)
{
    /// <summary>The launcher of this process; null where it was started alone.</summary>
    /// <param name="variable">Gives a variable of the environment, or null.</param>
    public static Launcher? Find(Func<string, string?> variable)
    {
        if (Number("OMPI_COMM_WORLD_SIZE") is { } size)
        {
            return new Launcher("mpirun (Open MPI)", size, Number("OMPI_COMM_WORLD_RANK") ?? 0, [MpiFamily.OpenMpi, MpiFamily.Standard]);
        }
        if (Number("PMI_SIZE") is { } started)
        {
            return new Launcher("mpiexec (MPICH or Intel MPI)", started, Number("PMI_RANK") ?? 0, [MpiFamily.Mpich, MpiFamily.Standard]);
        }

        // A job's own script sees the variables of the job, not those of a step; a step of one task is often a shell.
        if (Number("SLURM_STEP_NUM_TASKS") is { } tasks and > 1 && Number("SLURM_PROCID") is { } rank)
        {
            MpiFamily[] families = variable("PMIX_RANK") is null
                ? [MpiFamily.Mpich, MpiFamily.OpenMpi, MpiFamily.Standard]
                : [MpiFamily.OpenMpi, MpiFamily.Mpich, MpiFamily.Standard];
            return new Launcher("srun (Slurm)", tasks, rank, families);
        }
        return null;

        int? Number(string name) => int.TryParse(variable(name), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
    }
}
