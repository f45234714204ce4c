using System.Globalization;
using System.Runtime.CompilerServices;
using Pyrite.Engine;
using Pyrite.Ops.Copies;
using Pyrite.Programs.Compiled;

namespace Pyrite.Programs.Functions;

/// <summary>Tells of the loops in C# code that a density or a step holds operation by operation.</summary>
internal static class UnrolledLoops
{
    /// <summary>The loops of a function that are no loops of its program, each with the reason.</summary>
    /// <param name="function">From the arguments to results.</param>
    /// <param name="shapes">The arguments' shapes.</param>
    /// <param name="point">Where it is recorded: all arguments, one after the other.</param>
    public static IReadOnlyList<UnrolledLoop> Of(Func<Tensor[], Tensor[]> function, IReadOnlyList<Shape> shapes, ReadOnlySpan<double> point)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        using NoGradient.Scope tracked = NoGradient.Suspend();
        using StepScope scope = StepScope.Begin();
        if (RecordedFunction.Of(scope.Recorder, Record(scope, function, shapes, point, null)) is not { } recorded)
        {
            return [];
        }
        List<LoopRegion> loops = LoopFinder.Find(recorded);
        List<NearMiss> misses = NearMiss.Find(recorded.ClassOf, [.. loops.Select(loop => (loop.Start, loop.End, loop.Period))]);
        if (misses.Count == 0)
        {
            return [];
        }
        LoopObstacle[] obstacles = [.. misses.Select(miss => ObstacleOf(recorded, miss))];
        using StepScope again = StepScope.Begin();
        HashSet<int> wanted = [.. obstacles.Select(obstacle => obstacle.Node), .. misses.Select(miss => miss.Start)];
        OperationPlaces places = new(again.Recorder, typeof(UnrolledLoops), wanted);
        Record(again, function, shapes, point, places);
        return
        [
            .. misses.Select((miss, i) => new UnrolledLoop(miss.Begins.Count, miss.End - miss.Start, obstacles[i].InWords(recorded, miss.RoundOf),
                places.Find(obstacles[i].Node, obstacles[i].Node + 1) ?? places.Find(miss.Start, miss.Start + 1))),
        ];
    }

    /// <summary>The loops of a step that is recorded, and what each would save as one operation.</summary>
    /// <param name="stream">The step.</param>
    /// <param name="places">Lines of user code; null where none were noted.</param>
    /// <param name="nanoseconds">What one operation takes to be compared.</param>
    public static IReadOnlyList<UnrolledLoop> OfStep(RecordedStream stream, OperationPlaces? places, int nanoseconds)
    {
        List<int> indices = [];
        for (int i = 0; i < stream.Nodes.Count;)
        {
            // Gradients are compared as a whole.
            if (stream.Gradients.TryGetValue(i, out RecordedGradient? gradient))
            {
                i = gradient.End;
                continue;
            }
            indices.Add(i++);
        }
        int[] classes = OperationClasses.Of([.. indices.Select(i => stream.Nodes[i])], areDrawsAlike: true);
        return
        [
            .. NearMiss.Find(classes, []).Select(miss =>
            {
                int compared = Enumerable.Range(miss.Start, miss.End - miss.Start)
                    .Count(i => stream.Nodes[indices[i]].Call is not { } call || call.Start == indices[i]);
                string saved = (compared * nanoseconds / 1e3).ToString("0.0", CultureInfo.InvariantCulture);
                string reason = $"each step compares its {compared} operations and calls; as Scan.Run, or as Scan.Over where it states sites, "
                    + $"it would be one, about {saved} µs less a step";
                string? place = places?.Find(indices[miss.Start], indices[miss.End - 1] + 1);
                return new UnrolledLoop(miss.Begins.Count, miss.End - miss.Start, reason, place);
            }),
        ];
    }

    [MethodImpl(MethodImplOptions.NoInlining)] // so that a stack trace shows where the library calls the function
    private static Tensor[] Record(StepScope scope, Func<Tensor[], Tensor[]> function, IReadOnlyList<Shape> shapes, ReadOnlySpan<double> point,
        OperationPlaces? places)
    {
        scope.Recorder.RecordAfresh(notesReads: true);
        scope.Recorder.Lifting = places;
        Tensor[] arguments = Array.ConvertAll(ReplayedFunction.Split(point, shapes), ArgumentOperation.Of);
        return Array.ConvertAll(function(arguments), output => output.In(Layout.RowMajor));
    }

    private static LoopObstacle ObstacleOf(RecordedFunction function, NearMiss miss)
    {
        if (miss.Odd >= 0)
        {
            return new LoopObstacle(LoopObstacle.Of.Operation, miss.Odd, miss.OddLike);
        }
        int period = miss.Begins[1] - miss.Start, rounds = miss.Begins.Count;
        LoopRegion? region = LoopRegion.TryMake(function, miss.Start, period, rounds, out LoopObstacle? obstacle);
        return region is { Rounds: >= LoopFinder.LeastRounds }
            ? new LoopObstacle(LoopObstacle.Of.FewOperations, miss.Start, miss.Start, 0, LoopFinder.LeastFor(region))
            : region is not null && (obstacle is null || rounds < LoopFinder.LeastRounds)
                ? new LoopObstacle(LoopObstacle.Of.FewRounds, miss.Start, miss.Start, 0, region.Rounds)
                : obstacle ?? new LoopObstacle(LoopObstacle.Of.FewRounds, miss.Start, miss.Start, 0, rounds);
    }
}
