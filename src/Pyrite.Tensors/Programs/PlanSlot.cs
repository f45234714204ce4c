using Pyrite.Programs.Compiled;
using Pyrite.Programs.Plans;

namespace Pyrite.Programs;

/// <summary>The plan of a segment; a small one that runs often is compiled.</summary>
internal sealed class PlanSlot(RecordedStream stream, int start, int end)
{
    /// <summary>Compiling costs milliseconds, so a segment must have proven that it comes again: bench `cold`, the first steps of SVI.</summary>
    private const int RunsBeforeCompiling = 40;

    private StreamPlan? plan;
    private int runs;

    /// <summary>The results that somebody outside of the segment reads; known once there is a plan.</summary>
    public int[] Escapes { get; private set; } = [];

    /// <summary>Whether this is the segment between two positions.</summary>
    public bool Spans(int first, int last) => start == first && end == last;

    /// <summary>The present plan in words; null before the first run.</summary>
    public PlanSegment? Description => plan?.Describe(end - start, null);

    /// <summary>The plan for the next run.</summary>
    public StreamPlan Next()
    {
        if (plan is null)
        {
            plan = new SegmentPlan(stream, start, end);
            Escapes = [.. stream.Escapes.Where(escape => escape >= start && escape < end)];
        }
        bool isDue = ++runs == RunsBeforeCompiling && plan is SegmentPlan { PrefersThreads: false };
        if (isDue || plan.IsOutdated)
        {
            StreamPlan? compiled = isDue || plan is CompiledSegment ? CompiledSegment.TryCreate(stream, start, end) : null;
            plan = compiled ?? (plan is SegmentPlan { IsOutdated: false } ? plan : new SegmentPlan(stream, start, end));
        }
        return plan;
    }
}
