using System.Collections.Concurrent;
using Pyrite.Engine;
using Pyrite.Programs.Compiled;

namespace Pyrite.Programs.Scans;

/// <summary>Runs the rounds of a body: as compiled code where that is worth it, else kernel by kernel.</summary>
internal sealed class ScanRounds(ScanBody body)
{
    /// <summary>Compiling takes as long as so many kernels of small tensors: bench `recurrences`.</summary>
    private const long WorthCode = 100_000;

    private readonly ConcurrentBag<ScanRoom> rooms = [];
    private readonly ConcurrentDictionary<(bool KeepsCarries, bool IsFree), Lazy<RoundCode?>> codes = [];
    private readonly ConcurrentDictionary<RoundCode, ConcurrentBag<CompiledRoom>> compiledRooms = [];
    private long work;

    /// <summary>Computes all rounds.</summary>
    /// <param name="scan">The scan.</param>
    /// <param name="inputs">The carry, the arrays, and the captured tensors.</param>
    /// <param name="output">Takes the results.</param>
    public void Run(in ScanOperation scan, ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        if (CodeFor(scan) is { } code)
        {
            ConcurrentBag<CompiledRoom> own = compiledRooms.GetOrAdd(code, _ => []);
            CompiledRoom compiled = own.TryTake(out CompiledRoom? free) ? free : new CompiledRoom(body, code);
            compiled.Run(scan, inputs, output);
            own.Add(compiled);
            return;
        }
        ScanRoom room = rooms.TryTake(out ScanRoom? idle) ? idle : new ScanRoom(body);
        room.Run(scan, inputs, output);
        rooms.Add(room);
    }

    /// <summary>The code for a scan; null where kernels are called instead.</summary>
    public RoundCode? CodeFor(in ScanOperation scan)
    {
        // In steps code has the bits of kernels, so it may begin at any time; in densities it regroups sums, so it is there from the beginning.
        if (!scan.IsFree && Interlocked.Add(ref work, (long)scan.Rounds * body.Nodes.Length) < WorthCode)
        {
            return null;
        }
        (bool keepsCarries, bool isFree) = (scan.KeepsCarries, scan.IsFree);
        return codes.GetOrAdd((keepsCarries, isFree), _ => new Lazy<RoundCode?>(() => Compile(keepsCarries, isFree))).Value;
    }

    private RoundCode? Compile(bool keepsCarries, bool isFree)
    {
        RecordedStream stream = new();
        stream.Nodes.AddRange(body.Nodes.Select(node => node.Operation));
        stream.Outside.AddRange(body.Given.Select(spec => new OutsideSpec(spec, false)));
        TensorSpec[] carries = body.Given[..body.Carries];
        TensorSpec[] slices =
            [.. body.Given[body.Carries..(body.Carries + body.Inputs)], .. body.Outputs.Select(body.SpecOf), .. keepsCarries ? carries : []];
        return StepScope.Outside(() =>
        {
            RoundPorts ports = new(stream, isFree);
            RoundPort[] next = [.. body.Next.SelectMany(ports.Of)], outputs = [.. body.Outputs.SelectMany(ports.Of)];
            return RoundCode.TryCompile(new RoundProgram(ports, slices, body.Carries, body.Inputs, next, outputs, !isFree));
        });
    }
}
