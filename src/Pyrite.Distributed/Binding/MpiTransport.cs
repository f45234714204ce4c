using System.Runtime.InteropServices;
using System.Text;
using Pyrite.Messages;

namespace Pyrite.Binding;

/// <summary>Bytes through a library of MPI.</summary>
/// <remarks>No call waits inside of the library, because nothing could end such a wait: messages are begun, and asked after until they are there.
/// Errors come back as texts.</remarks>
internal sealed unsafe class MpiTransport : ITransport
{
    private const int NoteTag = 13;
    private const int StatusBytes = 128;
    private const int ErrorBytes = 1_024;

    private readonly MpiFunctions mpi;
    private readonly MpiConstants constants;
    private readonly string name;

    // Memory of its own, because the library writes to it between calls: two requests, two statuses, an answer.
    private readonly byte[] memory = GC.AllocateArray<byte>(512, pinned: true);
    private readonly List<byte[]> posted = [];

    /// <summary>Starts MPI.</summary>
    /// <exception cref="ClusterException">It does not start.</exception>
    public MpiTransport(MpiFunctions mpi, MpiConstants constants, string name, string version)
    {
        (this.mpi, this.constants, this.name, Version) = (mpi, constants, name, version);
        int given, rank, size;
        Check(mpi.InitThread(0, 0, constants.Serialized, &given), "MPI_Init_thread");
        Check(mpi.SetErrorHandler(constants.World, constants.ErrorsReturn), "MPI_Comm_set_errhandler");
        Check(mpi.Rank(constants.World, &rank), "MPI_Comm_rank");
        Check(mpi.Size(constants.World, &size), "MPI_Comm_size");
        (Rank, Size) = (rank, size);
    }

    /// <inheritdoc/>
    public int Rank { get; }

    /// <inheritdoc/>
    public int Size { get; }

    /// <inheritdoc/>
    public string Version { get; }

    /// <inheritdoc/>
    public int Swap(int partner, int tag, ReadOnlySpan<byte> sent, Span<byte> received, Waiting waiting)
    {
        byte* start = (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(memory, 0);
        nint* requests = (nint*)start;
        int* answer = (int*)(start + 64);
        byte* status = start + 128;
        fixed (byte* from = sent, into = received)
        {
            bool isReceiving = received.Length > 0, isSending = sent.Length > 0;
            if (isReceiving)
            {
                Check(mpi.Receive(into, received.Length, constants.Byte, partner, tag, constants.World, &requests[0]), "MPI_Irecv");
            }
            if (isSending)
            {
                Check(mpi.Send(from, sent.Length, constants.Byte, partner, tag, constants.World, &requests[1]), "MPI_Isend");
            }
            try
            {
                while (isReceiving || isSending)
                {
                    isReceiving = isReceiving && !IsThere(&requests[0], answer, status);
                    isSending = isSending && !IsThere(&requests[1], answer, status + StatusBytes);
                    if (isReceiving || isSending)
                    {
                        waiting.Try(partner);
                    }
                }
            }
            catch
            {
                // The memory is not pinned any longer after this: the library must not write there.
                if (isReceiving)
                {
                    mpi.Cancel(&requests[0]);
                }
                throw;
            }
        }
        if (received.Length == 0)
        {
            return 0;
        }
        Check(mpi.Count(status, constants.Byte, answer), "MPI_Get_count");
        return *answer;
    }

    /// <inheritdoc/>
    public void Post(int to, ReadOnlySpan<byte> note)
    {
        byte[] copy = GC.AllocateArray<byte>(note.Length, pinned: true);
        note.CopyTo(copy);
        posted.Add(copy);
        nint request;
        mpi.Send((byte*)Marshal.UnsafeAddrOfPinnedArrayElement(copy, 0), copy.Length, constants.Byte, to, NoteTag, constants.World, &request);
    }

    /// <inheritdoc/>
    public int TakeNote(Span<byte> note, out int from)
    {
        int found, length, isThere = 0;
        byte* status = stackalloc byte[StatusBytes];
        from = -1;
        Check(mpi.Probe(constants.AnySource, NoteTag, constants.World, &found, status), "MPI_Iprobe");
        if (found == 0)
        {
            return 0;
        }
        from = *(int*)(status + constants.SourceAt);
        Check(mpi.Count(status, constants.Byte, &length), "MPI_Get_count");
        nint request;
        fixed (byte* into = note)
        {
            Check(mpi.Receive(into, note.Length, constants.Byte, from, NoteTag, constants.World, &request), "MPI_Irecv");
            while (isThere == 0)
            {
                Check(mpi.Test(&request, &isThere, status), "MPI_Test");
            }
        }
        return length;
    }

    /// <inheritdoc/>
    public void Abort(int code) => mpi.Abort(constants.World, code);

    /// <inheritdoc/>
    public void Close() => Check(mpi.Done(), "MPI_Finalize");

    private bool IsThere(nint* request, int* answer, byte* status)
    {
        *answer = 0;
        Check(mpi.Test(request, answer, status), "MPI_Test");
        return *answer != 0;
    }

    private void Check(int code, string function)
    {
        if (code == 0)
        {
            return;
        }
        byte* text = stackalloc byte[ErrorBytes];
        int length = 0;
        string cause = mpi.ErrorText(code, text, &length) == 0 ? Encoding.UTF8.GetString(text, length).TrimEnd('\0', '\n') : $"error {code}";
        throw new ClusterException(
            $"{function} of {name} failed: {cause}. Another rank may have died, or the network been cut; start again to go on from the last state "
                + "saved.");
    }
}
