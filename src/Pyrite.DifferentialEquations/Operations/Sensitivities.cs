using Pyrite.Stepping;
using Pyrite.Systems;

namespace Pyrite.Operations;

/// <summary>Gradients by solving the sensitivities along with the state: one more column of the state for each number of y0, each wanted captured
/// number
/// and each time of an event.</summary>
/// <remarks>The augmented equation is solved by the same operation, so its gradient is again a solve. The tolerance of a sensitivity is that of the
/// state divided by the size of the parameter, as in CVODES (A. Hindmarsh et al., "SUNDIALS", ACM Transactions on Mathematical Software 31,
/// 2005).</remarks>
internal sealed class Sensitivities
{
    /// <summary>Stiff equations are solved so much more exactly for sensitivities: where the state moves along a slow manifold that it leaves
    /// suddenly,
    /// its errors come back amplified.</summary>
    private const double StiffTightening = 100;

    /// <summary>But not below this, where rounding takes over.</summary>
    private const double TightestStiff = 1e-10;

    /// <summary>How many times as many steps that may take.</summary>
    private const int StiffSteps = 4;

    private readonly OdeSystem system;
    private readonly Tensor tracked;
    private readonly Tensor others;
    private readonly int size;
    private readonly int parameters;
    private readonly Dictionary<ClosureCode, (int Wanted, int Other)> starts = new(ReferenceEqualityComparer.Instance);

    private Sensitivities(OdeSystem system, Tensor tracked, Tensor others)
    {
        (this.system, this.tracked, this.others, size) = (system, tracked, others, system.Size);
        parameters = size + system.WantedCount + system.EventTimes;
        (int wanted, int other) = (system.WantedAt, size);
        foreach (ClosureCode code in system.Closures)
        {
            starts[code] = (wanted, other);
            wanted += code.WantedCount;
            other += code.Captured - code.WantedCount;
        }
    }

    /// <summary>The gradient of a solve for its first block of numbers, as operations that can be differentiated again.</summary>
    /// <param name="solve">The solve.</param>
    /// <param name="inputs">Its two blocks of numbers.</param>
    /// <param name="upstream">The gradient for its result.</param>
    public static Tensor Pullback(in OdeOperation solve, ReadOnlySpan<Tensor> inputs, Tensor upstream)
    {
        Sensitivities all = new(solve.System, inputs[0], inputs[1]);
        int n = all.size, count = solve.Times * n;
        Tensor start = all.tracked.Slice(0, n, 1), times = all.tracked.Slice(0, all.system.TimesAt, solve.Times);
        Tensor values = all.Solve(solve.Settings, start, times).Reshape(count, 1 + all.parameters);
        Tensor weights = upstream.Slice(0, 0, count).Reshape(count, 1);
        Tensor gradients = (weights * values.Slice(1, 1, all.parameters)).Sum(0), initial = gradients.Slice(0, 0, n);
        Tensor atStart = initial * all.Slope(start.Reshape(Shape.Scalar), all.tracked.Slice(0, 0, n));
        Tensor[] atTimes = new Tensor[solve.Times];
        for (int i = 0; i < solve.Times; i++)
        {
            Tensor state = values.Slice(0, i * n, n).Slice(1, 0, 1).Reshape(n);
            atTimes[i] = (weights.Slice(0, i * n, n).Reshape(n) * all.Slope(times[i], state)).Sum().Reshape(1);
        }
        return Tensor.Concat([initial, -atStart.Sum().Reshape(1), gradients.Slice(0, n, all.parameters - n), .. atTimes], 0);
    }

    private Tensor Solve(StepSettings settings, Tensor start, Tensor times)
    {
        Tensor y0 = tracked.Slice(0, 0, size).Reshape(size, 1);
        List<Tensor> columns = [y0, Tensor.Identity(size, DType.Float64)];
        if (parameters > size)
        {
            columns.Add(Tensor.Zeros([size, parameters - size], DType.Float64));
        }

        // Tolerances: of the state, and of each parameter's sensitivities in its own unit.
        Tensor own = tracked.Detach().Abs(), tolerance = others.Slice(0, 0, size).Reshape(size, 1);
        Tensor sizes = Tensor.Concat([own.Slice(0, 0, size), own.Slice(0, size + 1, parameters - size)], 0);
        sizes = Tensor.Where(sizes > 0.0, sizes, 1.0).Reshape(1, parameters);
        Tensor absolute = Tensor.Concat([tolerance, tolerance / sizes], 1);
        if (settings.IsStiff)
        {
            double share = Math.Min(1, Math.Max(1 / StiffTightening, TightestStiff / settings.Relative));
            settings = settings with
            {
                Relative = settings.Relative * share,
                MaxSteps = (int)Math.Min(int.MaxValue, (long)settings.MaxSteps * StiffSteps),
            };
            absolute = absolute * share;
        }
        OdeCall call = new(Augmented, Tensor.Concat([.. columns], 1), start, times, settings, absolute, [.. Events()], OdeGradient.Forward);
        return call.IssueRefusing();
    }

    private IEnumerable<OdeEvent> Events()
    {
        int place = 0;
        for (int number = 0; number < system.Events.Length; number++)
        {
            EventCode code = system.Events[number];
            ClosureCode jump = code.Jump;
            if (code.Root is { } function)
            {
                yield return OdeEvent.When((t, all) => Issue(function, t, StateOf(all)), (t, all) => Jump(jump, function, -1, t, all), code.Crossing);
            }
            for (int i = 0; i < code.Times; i++, place++)
            {
                int time = place;
                Tensor at = tracked.Slice(0, system.EventTimesAt + time, 1);
                yield return OdeEvent.At(at, (t, all) => Jump(jump, null, time, t, all));
            }
        }
    }

    private Tensor Augmented(Tensor t, Tensor all)
    {
        (Tensor value, Tensor state, _, Tensor wanted) = Derivatives(system.Slope, t, StateOf(all));
        Tensor sensitivities = state.MatMul(all.Slice(1, 1, parameters)) + wanted;
        return Tensor.Concat([value.Reshape(size, 1), sensitivities], 1);
    }

    private Tensor Jump(ClosureCode jump, ClosureCode? root, int place, Tensor t, Tensor all)
    {
        Tensor before = StateOf(all), sensitivities = all.Slice(1, 1, parameters), slope = Slope(t, before).Reshape(size, 1);
        (Tensor behind, Tensor state, Tensor time, Tensor wanted) = Derivatives(jump, t, before);
        Tensor drift = time + state.MatMul(slope) - Slope(t, behind).Reshape(size, 1), shift;
        if (root is null)
        {
            double[] unit = new double[parameters];
            unit[size + system.WantedCount + place] = 1;
            shift = Tensor.From(unit).Reshape(1, parameters);
        }
        else
        {
            (_, Tensor rootState, Tensor rootTime, Tensor rootWanted) = Derivatives(root, t, before);
            shift = -(rootState.MatMul(sensitivities) + rootWanted) / (rootTime + rootState.MatMul(slope));
        }
        Tensor after = state.MatMul(sensitivities) + wanted + drift.MatMul(shift);
        return Tensor.Concat([behind.Reshape(size, 1), after], 1);
    }

    /// <summary>A function's result, and its derivatives in the state [results, n], in time [results, 1], and in all parameters [results,
    /// q].</summary>
    private (Tensor Value, Tensor State, Tensor Time, Tensor Wanted) Derivatives(ClosureCode code, Tensor t, Tensor y)
    {
        Tensor[] captured = CapturedOf(code), wanted = [.. captured.Where((_, i) => code.Wanted[i]).Select(Tracked)];
        int next = 0;
        captured = [.. captured.Select((tensor, i) => code.Wanted[i] ? wanted[next++] : tensor)];
        (t, y) = (Tracked(t), Tracked(y.Reshape(code.State)));
        Tensor value = code.Issue(t, y, captured).Reshape(code.Results);
        List<Tensor> state = [], time = [], rest = [];
        (int before, int after) = (size + starts[code].Wanted - system.WantedAt, parameters);
        after -= before + code.WantedCount;
        for (int i = 0; i < code.Results; i++)
        {
            double[] unit = new double[code.Results];
            unit[i] = 1;
            Tensor[] row = value.RequiresGradient ? Gradient.Of(value, [y, t, .. wanted], Tensor.From(unit), createGraph: true)
                : [.. new[] { y, t }.Concat(wanted).Select(tensor => Tensor.Zeros(tensor.Shape, DType.Float64))];
            state.Add(row[0].Reshape(1, size));
            time.Add(row[1].Reshape(1, 1));
            rest.Add(Tensor.Concat(
                [Tensor.Zeros([before], DType.Float64), .. row.Skip(2).Select(part => part.Reshape(-1)), Tensor.Zeros([after], DType.Float64)], 0)
                .Reshape(1, parameters));
        }
        return (value, Tensor.Concat([.. state], 0), Tensor.Concat([.. time], 0), Tensor.Concat([.. rest], 0));
    }

    /// <summary>A tensor for which derivatives can be asked; those of it that are tracked already go on to what it was made of.</summary>
    private static Tensor Tracked(Tensor tensor) => tensor.RequiresGradient ? tensor : tensor.AsVariable();

    private Tensor Slope(Tensor t, Tensor y) => Issue(system.Slope, t, y).Reshape(size);

    private Tensor Issue(ClosureCode code, Tensor t, Tensor y) => code.Issue(t, y.Reshape(code.State), CapturedOf(code));

    private Tensor StateOf(Tensor all) => all.Slice(1, 0, 1).Reshape(size);

    private Tensor[] CapturedOf(ClosureCode code)
    {
        (int wanted, int other) = starts[code];
        Tensor[] captured = new Tensor[code.Counts.Length];
        for (int i = 0; i < captured.Length; i++)
        {
            int count = code.Counts[i];
            captured[i] = (code.Wanted[i] ? tracked.Slice(0, wanted, count) : others.Slice(0, other, count)).Reshape(code.CapturedShape(i));
            (wanted, other) = code.Wanted[i] ? (wanted + count, other) : (wanted, other + count);
        }
        return captured;
    }
}
