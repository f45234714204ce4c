using Pyrite.Kernels.Memory;

namespace Pyrite.Programs.Scans;

/// <summary>Memory for the values of one round, in which the rounds run one after the other.</summary>
internal sealed class ScanRoom
{
    private const int Line = 64;

    private readonly ScanBody body;
    private readonly Tensor[] given;
    private readonly Tensor[] values;
    private readonly Tensor[] carries;

    // The next carry may be made of the last one's memory, so it is put aside before that is written.
    private readonly Tensor[] next;

    public ScanRoom(ScanBody body)
    {
        this.body = body;
        given = Array.ConvertAll(body.Given, spec => Tensor.Unbound(spec));
        values = Array.ConvertAll(body.Nodes, node => Tensor.Unbound(node.Operation.Spec));
        carries = given[..body.Carries];
        next = Array.ConvertAll(body.Given[..body.Carries], spec => Tensor.Unbound(spec));
        Tensor[] own = [.. carries, .. next, .. values.Where((value, i) => !body.Nodes[i].Operation.IsAlias)];
        int[] places = new int[own.Length];
        long total = 0;
        for (int i = 0; i < own.Length; i++)
        {
            places[i] = checked((int)total);
            total += ((own[i].Shape.Count * own[i].DType.ByteSize) + Line - 1) / Line * Line;
        }
        Storage block = Storage.Allocate(Math.Max(Line, total), pinned: true);
        for (int i = 0; i < own.Length; i++)
        {
            own[i].PointTo(block, places[i]);
        }
    }

    /// <summary>Computes all rounds.</summary>
    public void Run(in ScanOperation scan, ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        ScanLayout layout = scan.Layout;
        int count = scan.CountOf(inputs), skipped = scan.IsReverse ? scan.Rounds - count : 0;
        layout.ClearSkipped(output, count);
        for (int i = body.Carries + body.Inputs; i < given.Length; i++)
        {
            given[i].PointTo(inputs[i], 0);
        }
        for (int i = 0; i < carries.Length; i++)
        {
            inputs[i].RawBytes().CopyTo(carries[i].WriteBytes());
        }
        for (int round = 0; round < count; round++)
        {
            Keep(scan, layout, output, skipped + round);
            int time = scan.IsReverse ? count - 1 - round : round;
            for (int i = body.Carries; i < body.Carries + body.Inputs; i++)
            {
                given[i].PointTo(inputs[i], time * given[i].Count);
            }
            RunRound(time);
            for (int i = 0; i < body.Outputs.Length; i++)
            {
                Tensor value = BodyNode.Find(body.Outputs[i], values, given);
                Store(value, output, layout.Output(i) + (time * value.Count));
            }
            for (int i = 0; i < next.Length; i++)
            {
                BodyNode.Find(body.Next[i], values, given).RawBytes().CopyTo(next[i].WriteBytes());
            }
            for (int i = 0; i < next.Length; i++)
            {
                next[i].RawBytes().CopyTo(carries[i].WriteBytes());
            }
        }
        Keep(scan with { KeepsCarries = true }, layout, output, scan.Rounds);
    }

    private void RunRound(int time)
    {
        Span<Tensor> inputs = new Tensor[4];
        for (int i = 0; i < values.Length; i++)
        {
            RecordedNode node = body.Nodes[i].Operation;
            int[] sources = node.Inputs;
            if (inputs.Length < sources.Length)
            {
                inputs = new Tensor[sources.Length];
            }
            for (int k = 0; k < sources.Length; k++)
            {
                inputs[k] = BodyNode.Find(sources[k], values, given);
            }
            try
            {
                node.Execute(inputs[..sources.Length], values[i]);
            }
            catch (ArgumentException refusal)
            {
                throw ScanChecks.InRound(time, refusal);
            }
        }
    }

    private void Keep(in ScanOperation scan, ScanLayout layout, Tensor output, int round)
    {
        for (int i = 0; i < carries.Length && scan.KeepsCarries; i++)
        {
            Store(carries[i], output, layout.Carry(i, round));
        }
    }

    private static void Store(Tensor value, Tensor output, int element)
    {
        int size = output.DType.ByteSize;
        value.RawBytes().CopyTo(output.WriteBytes()[(element * size)..]);
    }
}
