using Pyrite.Engine;
using Pyrite.Kernels.Emit;
using Pyrite.Kernels.Memory;
using Pyrite.Programs.Compiled;

namespace Pyrite.Programs.Scans;

/// <summary>Memory for the values of one round, in which the compiled loop runs.</summary>
internal sealed class CompiledRoom : IOperationRunner
{
    private readonly ScanBody body;
    private readonly RoundCode code;
    private readonly Storage block;
    private readonly nint home;
    private readonly nint[] table;
    private readonly (RecordedNode Node, Tensor[] Inputs, Tensor Output)[] others;
    private readonly Dictionary<int, Tensor> tensors = [];
    private readonly Storage?[] moved;
    private readonly LiftRoom? lift;

    public CompiledRoom(ScanBody body, RoundCode code)
    {
        (this.body, this.code) = (body, code);
        RoundProgram program = code.Program;
        others = Array.ConvertAll(code.Others,
            node => (program.Node(node), Array.ConvertAll(program.Node(node).Inputs, TensorOf), TensorOf(node)));
        block = Storage.Allocate(Math.Max(program.Size, 64), pinned: true);
        block.Span<byte>(0, block.Capacity).Clear();
        foreach ((int source, Tensor tensor) in tensors)
        {
            tensor.PointTo(block, program.Offset(source));
        }
        home = EmittedCalls.Address(block);
        table = new nint[RoundLoop.FirstArray + program.Arrays + code.Lifted.Results.Length];
        lift = code.Lifted.Code is null ? null : new LiftRoom(code, this.PlaceOf);
        moved = new Storage?[program.Arrays + 1];
    }

    /// <summary>Computes all rounds.</summary>
    public void Run(in ScanOperation scan, ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        RoundProgram program = code.Program;
        ScanLayout layout = scan.Layout;
        int carries = body.Carries, arrays = body.Inputs, size = output.DType.ByteSize, count = scan.CountOf(inputs);
        foreach (RoundPort port in program.Carries.Concat(program.Fixed))
        {
            Span<byte> place = PlaceOf(port);
            inputs[port.Array].RawBytes().Slice(port.Element * sizeof(double), place.Length).CopyTo(place);
        }
        (table[0], table[1], table[2]) = (count, scan.IsReverse ? count - 1 : 0, scan.IsReverse ? -1 : 1);
        for (int i = 0; i < arrays; i++)
        {
            table[RoundLoop.FirstArray + i] = AddressOf(i, inputs[carries + i], isRead: true);
        }
        nint target = AddressOf(program.Arrays, output, isRead: false);
        for (int i = 0; i < body.Outputs.Length; i++)
        {
            table[RoundLoop.FirstArray + program.OutputAt(i)] = target + (layout.Output(i) * size);
        }
        for (int i = 0; i < carries && program.KeptAt(i) is { } kept; i++)
        {
            // Round t of a scan that runs backwards begins with row t + 1.
            int first = layout.Carry(i, scan.IsReverse ? scan.Rounds - 1 : 0);
            table[RoundLoop.FirstArray + kept] = target + (first * size);
        }
        if (count > 0)
        {
            lift?.Run(this, count, inputs[carries..(carries + arrays)], table.AsSpan(RoundLoop.FirstArray));
            code.Run(this, home, table);
        }
        if (moved[program.Arrays] is { } own && !output.IsPinned)
        {
            own.Span<byte>(0, layout.Total * size).CopyTo(output.WriteBytes());
        }
        layout.ClearSkipped(output, count);
        foreach (RoundPort port in program.Carries)
        {
            PlaceOf(port).CopyTo(output.WriteBytes()[((layout.Carry(port.Array, scan.Rounds) + port.Element) * size)..]);
        }
    }

    /// <inheritdoc/>
    public void RunOther(int number)
    {
        try
        {
            others[number].Node.Execute(others[number].Inputs, others[number].Output);
        }
        catch (ArgumentException refusal)
        {
            throw ScanChecks.InRound((int)block.Span<long>(checked((int)code.TimePlace), 1)[0], refusal);
        }
    }

    /// <summary>Where a value stands that is given.</summary>
    private Span<byte> PlaceOf(RoundPort port)
    {
        TensorSpec spec = code.Program.SpecOf(port.Source);
        return block.Span<byte>(code.Program.Offset(port.Source), (int)spec.Shape.Count * spec.DType.ByteSize);
    }

    /// <summary>The address of an array; of a small one that the garbage collector may move, of a copy.</summary>
    private nint AddressOf(int place, Tensor tensor, bool isRead)
    {
        Span<byte> bytes = tensor.WriteBytes();
        if (tensor.IsPinned)
        {
            return EmittedCalls.Address(bytes);
        }
        if (moved[place] is not { } copy || copy.Capacity < bytes.Length)
        {
            moved[place] = copy = Storage.Allocate(Math.Max(64, bytes.Length), pinned: true);
        }
        if (isRead)
        {
            bytes.CopyTo(copy.Span<byte>(0, bytes.Length));
        }
        return EmittedCalls.Address(copy);
    }

    private Tensor TensorOf(int source)
    {
        RoundProgram program = code.Program;
        if (!program.Depends(source))
        {
            return program.Constant(source);
        }
        if (!tensors.TryGetValue(source, out Tensor? tensor))
        {
            program.Offset(source);
            tensors[source] = tensor = Tensor.Unbound(program.SpecOf(source));
        }
        return tensor;
    }
}
