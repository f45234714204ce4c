using System.Runtime.InteropServices;
using Pyrite.Kernels.Code;
using Pyrite.Kernels.Emit;
using Pyrite.Kernels.Memory;
using Pyrite.Programs.Compiled;

namespace Pyrite.Programs.Scans;

/// <summary>Memory for what is computed over all rounds before them.</summary>
internal sealed class LiftRoom
{
    private const int Line = 64;

    private readonly RoundCode code;
    private readonly int size;
    private readonly nint[] table;
    private readonly (int Entry, RoundPort Port)[] inputs;
    private readonly (int Entry, int Result)[] results;
    private Storage? block;
    private int capacity;

    /// <param name="code">The code of the rounds.</param>
    /// <param name="placeOf">Where what is given stands.</param>
    public LiftRoom(RoundCode code, Func<RoundPort, Span<byte>> placeOf)
    {
        this.code = code;
        RoundLift lift = code.Lifted;
        RoundProgram program = code.Program;
        size = program.SpecOf(program.Carries[0].Source).DType.ByteSize;
        table = new nint[lift.Entries + 1];
        List<(int, RoundPort)> read = [];
        List<(int, int)> made = [];
        foreach ((int entry, int source) in lift.Sources)
        {
            if (lift.InputOf(source) is { } port)
            {
                read.Add((entry, port));
            }
            else if (!program.Depends(source))
            {
                table[entry + 1] = (nint)program.PlaceOf(source).Position;
            }
            else if (program.IsGiven(source))
            {
                table[entry + 1] = EmittedCalls.Address(placeOf(Array.Find(program.Fixed, fixedPort => fixedPort.Source == source)));
            }
            else if (Array.IndexOf(lift.Results, source) is >= 0 and int result)
            {
                made.Add((entry, result));
            }
        }
        (inputs, results) = ([.. read], [.. made]);
    }

    /// <summary>Computes all rounds' values.</summary>
    /// <param name="owner">Nobody: the loop has all its code.</param>
    /// <param name="rounds">How many.</param>
    /// <param name="arrays">The inputs.</param>
    /// <param name="addresses">The addresses of the inputs; takes those of the results, behind the arrays that there are.</param>
    public void Run(IOperationRunner owner, int rounds, ReadOnlySpan<Tensor> arrays, Span<nint> addresses)
    {
        // At least a whole vector is computed, so short arrays are copied to where there is room.
        int bytes = Math.Max(rounds * size, VectorCode.Width), room = (bytes + Line - 1) / Line * Line;
        if (block is null || capacity < room)
        {
            capacity = room;
            block = Storage.Allocate((long)room * (inputs.Length + results.Length), pinned: true);
            block.Span<byte>(0, block.Capacity).Clear();
        }
        nint next = EmittedCalls.Address(block);
        foreach ((int entry, RoundPort port) in inputs)
        {
            int stride = code.Program.Stride(port.Array);
            if (stride == size && rounds * size >= VectorCode.Width)
            {
                table[entry + 1] = addresses[port.Array];
                continue;
            }
            table[entry + 1] = next;
            int at = (int)(next - EmittedCalls.Address(block));
            Gather(arrays[port.Array].RawBytes(), port.Element * size, stride, block.Span<byte>(at, rounds * size));
            next += capacity;
        }
        foreach ((int entry, int result) in results)
        {
            table[entry + 1] = addresses[code.Program.Arrays + result] = next;
            next += capacity;
        }
        table[0] = bytes;
        EmittedCalls.Run(code.Lifted.Code!, owner, 0, table);
        GC.KeepAlive(code.Program.Constants);
    }

    private void Gather(ReadOnlySpan<byte> source, int start, int stride, Span<byte> target)
    {
        if (size == sizeof(double))
        {
            Gather<double>(source, start / size, stride / size, target);
        }
        else
        {
            Gather<float>(source, start / size, stride / size, target);
        }
    }

    private static void Gather<T>(ReadOnlySpan<byte> source, int first, int step, Span<byte> target) where T : unmanaged
    {
        Span<T> numbers = MemoryMarshal.Cast<byte, T>(target);
        ReadOnlySpan<T> elements = MemoryMarshal.Cast<byte, T>(source);
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = elements[first + (i * step)];
        }
    }
}
