using Pyrite.Engine;
using Pyrite.Programs.Compiled;
using Pyrite.Programs.Functions;
using Pyrite.Programs.Plans;

namespace Pyrite.Programs;

/// <summary>Writes down how a recorded step runs when it comes again.</summary>
internal static class PlanDescription
{
    /// <summary>The plan of a step that was recorded afresh and whose results were read as they will be.</summary>
    /// <param name="subject">What it is called.</param>
    /// <param name="recorder">What recorded it.</param>
    public static ExecutionPlan OfStep(string subject, Recorder recorder)
    {
        if (recorder.Recorded is not { } stream)
        {
            return new ExecutionPlan(subject, [], 0, null);
        }
        stream.Complete(isNew: true);
        List<PlanSegment> segments = [];
        int start = 0;
        int[] cuts = [.. stream.Cuts.Order()];
        foreach (int end in cuts)
        {
            // The last program ends with the step.
            segments.Add(OfSegment(stream, start, end, end == cuts[^1] ? null : recorder.Reads));
            start = end;
        }
        IReadOnlyList<UnrolledLoop> unrolled =
            UnrolledLoops.OfStep(stream, recorder.Lifting as OperationPlaces, ExecutionPlan.NanosecondsPerCheckedOperation);
        return new ExecutionPlan(subject, segments, Checked(stream), null, unrolled);
    }

    /// <summary>The plan of a step, from the plans that its segments have run by.</summary>
    public static ExecutionPlan OfRuns(string subject, RecordedStream stream) => new(subject, [.. stream.Planned], Checked(stream), null);

    /// <summary>Why an operation runs by its kernel alone.</summary>
    public static string ReasonFor(RecordedNode node) => node.Boxed switch
    {
        IRoundLoop { IsCompiled: true } => "its rounds are compiled as one loop",
        IRoundLoop => "its rounds run kernel by kernel",
        IVaryingOperation => "it takes a key or a number that changes",
        IElementwiseOperation { Form: null } => "it declares no form for registers",
        IElementwiseOperation => "its operands are neither single numbers nor as many as its results, or of another type",
        _ => "it has no code beside its kernel",
    };

    /// <summary>For each part, by the nodes that it computes, the earlier parts that it reads from.</summary>
    public static int[][] Reads(IReadOnlyList<IReadOnlyList<int>> parts, Func<int, IEnumerable<int>> inputsOf)
    {
        Dictionary<int, int> partOf = [];
        int[][] reads = new int[parts.Count][];
        for (int part = 0; part < parts.Count; part++)
        {
            reads[part] = [.. parts[part].SelectMany(inputsOf).Where(partOf.ContainsKey).Select(input => partOf[input]).Distinct().Order()];
            foreach (int node in parts[part])
            {
                partOf[node] = part;
            }
        }
        return reads;
    }

    private static PlanSegment OfSegment(RecordedStream stream, int start, int end, ReadPlaces? places)
    {
        string? reader = Enumerable.Range(start, end - start).Where(stream.Escapes.Contains)
            .Select(i => places?.Find(i)).LastOrDefault(place => place is not null);
        SegmentPlan plan = new(stream, start, end);
        return !plan.PrefersThreads && CompiledSegment.TryCreate(stream, start, end) is { } compiled
            ? compiled.Describe(end - start, reader)
            : plan.Describe(end - start, reader);
    }

    /// <summary>Operations that are checked one by one, and calls that are checked as wholes.</summary>
    private static int Checked(RecordedStream stream)
    {
        int count = 0;
        for (int i = 0; i < stream.Nodes.Count; count++)
        {
            i = stream.Gradients.TryGetValue(i, out RecordedGradient? gradient) ? gradient.End
                : stream.Nodes[i].Call is { } call && call.Start == i ? call.End
                : i + 1;
        }
        return count;
    }
}
