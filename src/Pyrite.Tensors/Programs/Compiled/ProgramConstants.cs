using System.Runtime.InteropServices;
using Pyrite.Kernels.Code;
using Pyrite.Kernels.Emit;
using Pyrite.Kernels.Memory;

namespace Pyrite.Programs.Compiled;

/// <summary>The constants that the code of a recorded function reads, at addresses that never change.</summary>
internal sealed class ProgramConstants
{
    private const int Line = 64;

    private readonly List<Storage> blocks = [];
    private readonly Dictionary<int, Place> places = [];
    private readonly Dictionary<(int Lanes, DType Type), Place> masks = [];
    private readonly Dictionary<(Tensor, int), Place> panels = [];

    /// <summary>Where a constant stands, with zeros up to the next multiple of 64 bytes; of truth values, numbers whose bits are all ones or
    /// all zeros.</summary>
    public Place Of(int source, Tensor value)
    {
        if (!places.TryGetValue(source, out Place? place))
        {
            places[source] =
                place =
                    Add(value.DType == DType.Bool
                        ? MemoryMarshal.AsBytes(Bits(value.Read<bool>()).AsSpan())
                        : value.RawBytes());
        }
        return place;
    }

    /// <summary>A matrix laid out for loops over one of its axes (see <see cref="MatrixPanels"/>).</summary>
    public Place Panels(Tensor matrix, int loopAxis)
    {
        if (!panels.TryGetValue((matrix, loopAxis), out Place? place))
        {
            int rows = matrix.Shape[loopAxis], columns = matrix.Shape[1 - loopAxis], lanes = VectorCode.Width / sizeof(double);
            Storage block = Storage.Allocate(checked(Math.Max(1, MatrixPanels.Count(rows, columns, lanes)) * sizeof(double)), pinned: true);
            MatrixPanels.Pack(
                matrix.Read<double>(), rows, columns, loopAxis == 0 ? columns : 1, loopAxis == 0 ? 1 : rows, lanes,
                    block.Span<double>(0, block.Capacity / sizeof(double)));
            blocks.Add(block);
            panels[(matrix, loopAxis)] = place = new Place(PlaceBase.Fixed, EmittedCalls.Address(block));
        }
        return place;
    }

    /// <summary>Places as 32-bit numbers.</summary>
    public Place Indices(List<int> places) => Add(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(places)));

    /// <summary>A vector whose first lanes are all ones.</summary>
    public Place Mask(int lanes, DType type)
    {
        if (!masks.TryGetValue((lanes, type), out Place? place))
        {
            byte[] mask = new byte[Line];
            mask.AsSpan(0, lanes * type.ByteSize).Fill(byte.MaxValue);
            masks[(lanes, type)] = place = Add(mask);
        }
        return place;
    }

    private static long[] Bits(ReadOnlySpan<bool> flags)
    {
        long[] bits = new long[flags.Length];
        for (int i = 0; i < bits.Length; i++)
        {
            bits[i] = flags[i] ? -1 : 0;
        }
        return bits;
    }

    private Place Add(ReadOnlySpan<byte> bytes)
    {
        Storage block = Storage.Allocate(Math.Max(Line, checked((bytes.Length + Line - 1) / Line * Line)), pinned: true);
        block.Span<byte>(0, block.Capacity).Clear();
        bytes.CopyTo(block.Span<byte>(0, bytes.Length));
        blocks.Add(block);
        return new Place(PlaceBase.Fixed, EmittedCalls.Address(block));
    }
}
