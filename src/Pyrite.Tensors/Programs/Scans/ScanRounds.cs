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
    private readonly ConcurrentBag<LogSumRoom> logSums = [];
    private readonly ConcurrentBag<LogSumBackRoom> logSumsBack = [];
    private readonly ConcurrentDictionary<(bool KeepsCarries, bool IsFree), Lazy<RoundCode?>> codes = [];
    private readonly ConcurrentDictionary<RoundCode, ConcurrentBag<CompiledRoom>> compiledRooms = [];
    private long work;

    /// <summary>Computes all rounds.</summary>
    /// <param name="scan">The scan.</param>
    /// <param name="inputs">The carry, the arrays, and the captured tensors.</param>
    /// <param name="output">Takes the results.</param>
    public void Run(in ScanOperation scan, ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        if (scan.IsFree && (TryLogSums(scan, inputs, output) || TryLogSumsBack(scan, inputs, output)))
        {
            return;
        }
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

    /// <summary>Whether a scan runs as a whole, not kernel by kernel.</summary>
    public bool IsCompiled(in ScanOperation scan) =>
        (scan.IsFree && (body.LogSums is not null || body.LogSumBack is not null)) || CodeFor(scan) is not null;

    private bool TryLogSums(in ScanOperation scan, ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        if (body.LogSums is not { } rounds)
        {
            return false;
        }
        LogSumRoom room = logSums.TryTake(out LogSumRoom? idle) ? idle : new LogSumRoom(rounds);
        bool isDone = room.TryRun(scan, inputs, output);
        logSums.Add(room);
        return isDone;
    }

    private bool TryLogSumsBack(in ScanOperation scan, ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        if (body.LogSumBack is not { } rounds)
        {
            return false;
        }
        LogSumBackRoom room = logSumsBack.TryTake(out LogSumBackRoom? idle) ? idle : new LogSumBackRoom(rounds);
        bool isDone = room.TryRun(scan, inputs, output);
        logSumsBack.Add(room);
        return isDone;
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
