using Pyrite.Launching;

namespace Pyrite.Binding;

/// <summary>What the families of MPI's libraries do not agree on: handles, special numbers, and where a status says who sent.</summary>
/// <param name="World">The communicator of all ranks.</param>
/// <param name="Byte">The type of a byte.</param>
/// <param name="ErrorsReturn">The handler that lets calls return their errors.</param>
/// <param name="AnySource">The rank that stands for any.</param>
/// <param name="Serialized">The level at which one thread at a time makes calls.</param>
/// <param name="SourceAt">The place of the sender in a status, in bytes.</param>
internal sealed record MpiConstants(nint World, nint Byte, nint ErrorsReturn, int AnySource, int Serialized, int SourceAt)
{
    /// <summary>The constants of a family.</summary>
    /// <param name="family">The family.</param>
    /// <param name="export">Gives the address of an exported object, which Open MPI's handles are.</param>
    public static MpiConstants Of(MpiFamily family, Func<string, nint> export) => family switch
    {
        MpiFamily.OpenMpi =>
            new MpiConstants(export("ompi_mpi_comm_world"), export("ompi_mpi_byte"), export("ompi_mpi_errors_return"), -1, 2, SourceAt: 0),
        MpiFamily.Mpich => new MpiConstants(0x44000000, 0x4c00010d, 0x54000001, -2, 2, SourceAt: 8),

        // From the standard's tables (MPI 5.0, chapter 20); no library with this interface was at hand to run it.
        MpiFamily.Standard => new MpiConstants(0x101, 0x247, 0x143, -1, 2048, SourceAt: 0),
        _ => throw new ArgumentOutOfRangeException(nameof(family), family, "No family of MPI's libraries."),
    };

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(this);
}
