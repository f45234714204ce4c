using System.Runtime.InteropServices;

namespace Pyrite.Binding;

/// <summary>The functions of MPI that are used, found in a library at run time. Handles are passed as words: libraries whose handles are 32-bit
/// numbers read the lower half.</summary>
internal sealed unsafe class MpiFunctions
{
    private readonly nint library;

    /// <summary>Finds the functions.</summary>
    /// <exception cref="EntryPointNotFoundException">The library has not all of them.</exception>
    public MpiFunctions(nint library)
    {
        this.library = library;
        InitThread = (delegate* unmanaged[Cdecl]<nint, nint, int, int*, int>)Export("MPI_Init_thread");
        Done = (delegate* unmanaged[Cdecl]<int>)Export("MPI_Finalize");
        Abort = (delegate* unmanaged[Cdecl]<nint, int, int>)Export("MPI_Abort");
        Rank = (delegate* unmanaged[Cdecl]<nint, int*, int>)Export("MPI_Comm_rank");
        Size = (delegate* unmanaged[Cdecl]<nint, int*, int>)Export("MPI_Comm_size");
        SetErrorHandler = (delegate* unmanaged[Cdecl]<nint, nint, int>)Export("MPI_Comm_set_errhandler");
        ErrorText = (delegate* unmanaged[Cdecl]<int, byte*, int*, int>)Export("MPI_Error_string");
        LibraryVersion = (delegate* unmanaged[Cdecl]<byte*, int*, int>)Export("MPI_Get_library_version");
        Send = (delegate* unmanaged[Cdecl]<byte*, int, nint, int, int, nint, nint*, int>)Export("MPI_Isend");
        Receive = (delegate* unmanaged[Cdecl]<byte*, int, nint, int, int, nint, nint*, int>)Export("MPI_Irecv");
        Test = (delegate* unmanaged[Cdecl]<nint*, int*, byte*, int>)Export("MPI_Test");
        Cancel = (delegate* unmanaged[Cdecl]<nint*, int>)Export("MPI_Cancel");
        Probe = (delegate* unmanaged[Cdecl]<int, int, nint, int*, byte*, int>)Export("MPI_Iprobe");
        Count = (delegate* unmanaged[Cdecl]<byte*, nint, int*, int>)Export("MPI_Get_count");
    }

    public delegate* unmanaged[Cdecl]<nint, nint, int, int*, int> InitThread { get; }

    public delegate* unmanaged[Cdecl]<int> Done { get; }

    public delegate* unmanaged[Cdecl]<nint, int, int> Abort { get; }

    public delegate* unmanaged[Cdecl]<nint, int*, int> Rank { get; }

    public delegate* unmanaged[Cdecl]<nint, int*, int> Size { get; }

    public delegate* unmanaged[Cdecl]<nint, nint, int> SetErrorHandler { get; }

    public delegate* unmanaged[Cdecl]<int, byte*, int*, int> ErrorText { get; }

    public delegate* unmanaged[Cdecl]<byte*, int*, int> LibraryVersion { get; }

    public delegate* unmanaged[Cdecl]<byte*, int, nint, int, int, nint, nint*, int> Send { get; }

    public delegate* unmanaged[Cdecl]<byte*, int, nint, int, int, nint, nint*, int> Receive { get; }

    public delegate* unmanaged[Cdecl]<nint*, int*, byte*, int> Test { get; }

    public delegate* unmanaged[Cdecl]<nint*, int> Cancel { get; }

    public delegate* unmanaged[Cdecl]<int, int, nint, int*, byte*, int> Probe { get; }

    public delegate* unmanaged[Cdecl]<byte*, nint, int*, int> Count { get; }

    private nint Export(string name) => NativeLibrary.GetExport(library, name);
}
