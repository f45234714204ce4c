namespace Pyrite.Launching;

/// <summary>Libraries of MPI that share their names of files and their numbers.</summary>
internal enum MpiFamily
{
    /// <summary>Open MPI: its handles are addresses of exported objects.</summary>
    OpenMpi,

    /// <summary>MPICH and its descendants, Intel MPI among them: handles are numbers.</summary>
    Mpich,

    /// <summary>The standard binary interface of MPI 5.0: handles are small numbers.</summary>
    Standard,
}
