using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Pyrite.Kernels.Memory;
using Pyrite.Kernels.Reductions;

namespace Pyrite.Kernels.Chains;

/// <summary>One thread's calls of a chain: the addresses of its operands, and room for what the code needs beside them.</summary>
internal sealed unsafe class ChainCall
{
    private const int Line = 64;

    private readonly ChainCode code;
    private readonly ChainFunction function;
    private readonly nint[] addresses;
    private readonly Storage pads;
    private readonly Storage totals;
    private readonly int blocks;

    /// <param name="code">The chain.</param>
    /// <param name="longest">The most elements of a tile.</param>
    public ChainCall(ChainCode code, int longest)
    {
        this.code = code;
        function = ChainTable.Find(code);
        int operands = code.Tiles + code.Singles + code.Stores.Length;
        addresses = GC.AllocateArray<nint>(operands + code.Sums.Length, pinned: true);
        pads = Storage.Allocate(operands * Line, pinned: true);
        blocks = longest / ChainCode.SumBlock;
        totals = Storage.Allocate(code.Sums.Length * blocks * Line, pinned: true);
    }

    /// <summary>Computes one tile.</summary>
    /// <param name="values">What the numbers stand for.</param>
    /// <param name="operands">The numbers of the tiles read, of the single numbers and of the tiles written.</param>
    /// <param name="count">Elements of the tile.</param>
    public void Run(IElements[] values, ReadOnlySpan<int> operands, int count)
    {
        int bytes = count * code.Type.ByteSize;
        bool isShort = bytes < ChainTable.Width;
        int written = code.Tiles + code.Singles;
        for (int k = 0; k < operands.Length; k++)
        {
            Span<byte> memory = values[operands[k]].Bytes;
            Span<byte> pad = Pad(k);
            bool isPadded = isShort || (k >= code.Tiles && k < written);
            if (isPadded && k < written)
            {
                memory.CopyTo(pad);
            }

            // Whole tiles are large and therefore pinned.
            addresses[k] = (nint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(isPadded ? pad : memory));
        }
        for (int sum = 0; sum < code.Sums.Length; sum++)
        {
            addresses[operands.Length + sum] = (nint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(totals.Span<byte>(sum * blocks * Line, Line)));
        }
        function((nint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(addresses)), isShort ? ChainTable.Width : bytes);
        for (int k = written; isShort && k < operands.Length; k++)
        {
            Pad(k)[..bytes].CopyTo(values[operands[k]].Bytes);
        }
    }

    /// <summary>The sums of the last tile's blocks, as <see cref="SumKernel"/> gives them.</summary>
    public void BlockSums<T>(int sum, Span<T> sums) where T : unmanaged, INumber<T>
    {
        int lanes = Line / sizeof(T);
        SumKernel.AddLanes(totals.Span<T>(sum * blocks * Line, sums.Length * lanes), lanes, sums);
    }

    private Span<byte> Pad(int operand) => pads.Span<byte>(operand * Line, Line);
}
