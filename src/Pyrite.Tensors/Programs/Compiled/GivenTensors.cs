using Pyrite.Engine;
using Pyrite.Kernels.Code;
using Pyrite.Kernels.Emit;
using Pyrite.Kernels.Memory;

namespace Pyrite.Programs.Compiled;

/// <summary>The tensors that a segment is given, other ones in every run: a table of the addresses of their elements, and of their last partial
/// vectors with room behind them.</summary>
internal sealed class GivenTensors(RecordedProgram program)
{
    private readonly List<Entry> entries = [];
    private readonly Dictionary<int, Place> places = [];

    /// <summary>The addresses, as code reads them; filled by <see cref="Bind"/>.</summary>
    public nint[] Addresses { get; private set; } = [];

    /// <summary>Where a given source stands.</summary>
    public Place PlaceOf(int source)
    {
        if (places.TryGetValue(source, out Place? place))
        {
            return place;
        }
        TensorSpec spec = program.SpecOf(source);
        int bytes = checked((int)(spec.Shape.Count * spec.DType.ByteSize)), rest = bytes % VectorCode.Width;

        // Small blocks may be moved by the garbage collector and are copied as a whole; of large ones the last partial vector is.
        bool isWhole = bytes <= Storage.SmallestPinned;
        Entry entry = new(source, (int)program.Reserve(isWhole ? bytes : VectorCode.Width).Position, bytes - rest, isWhole);
        entries.Add(entry);
        return places[source] = new Place(PlaceBase.Given, 2 * (entries.Count - 1), (2 * entries.Count) - 1);
    }

    /// <summary>Takes the addresses of a run's tensors.</summary>
    /// <param name="results">The step's results.</param>
    /// <param name="outside">The tensors from outside.</param>
    /// <param name="block">The memory of the run.</param>
    /// <param name="home">Its address.</param>
    public void Bind(List<Tensor> results, List<Tensor> outside, Storage block, nint home)
    {
        if (Addresses.Length != 2 * entries.Count)
        {
            Addresses = new nint[2 * entries.Count];
        }
        for (int i = 0; i < entries.Count; i++)
        {
            Entry entry = entries[i];
            Tensor tensor = Of(entry.Source, results, outside);
            ReadOnlySpan<byte> bytes = tensor.RawBytes();
            int start = tensor.IsPinned ? entry.TailStart : 0;
            if (start == 0 && !entry.IsWhole && entry.TailStart > 0)
            {
                throw new InvalidOperationException($"A tensor of {bytes.Length} bytes, which must stay in its place, may be moved.");
            }
            int tail = entry.Room + (entry.IsWhole ? entry.TailStart : 0);
            bytes[start..].CopyTo(block.Span<byte>(start == 0 ? entry.Room : tail, bytes.Length - start));
            Addresses[2 * i] = start == 0 ? home + entry.Room : EmittedCalls.Address(bytes);
            Addresses[(2 * i) + 1] = home + tail;
        }
    }

    /// <summary>The tensor of a given source.</summary>
    public static Tensor Of(int source, List<Tensor> results, List<Tensor> outside) => source < 0 ? outside[-1 - source] : results[source];

    /// <summary>A given source, its room in the block, where its last partial vector begins, and whether it is copied as a whole.</summary>
    private sealed record Entry(int Source, int Room, int TailStart, bool IsWhole);
}
