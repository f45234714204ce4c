using Pyrite.Runs;
using Pyrite.Stepping;
using Pyrite.Systems;

namespace Pyrite.Operations;

/// <summary>One call of the solver: records the functions, and issues the operation that solves.</summary>
internal sealed class OdeCall
{
    /// <summary>A stiff solution that jumps needs sensitivities under tolerances of their own; their cost grows with the cube of their
    /// number.</summary>
    private const int MostForward = 100;

    private readonly StepSettings settings;
    private readonly OdeGradient gradient;
    private readonly Shape state;
    private readonly int times;
    private readonly OdeSystem system;
    private readonly Tensor tracked;
    private readonly Tensor others;

    /// <param name="f">The right-hand side.</param>
    /// <param name="y0">The state at the start, Float64.</param>
    /// <param name="t0">The start, [1].</param>
    /// <param name="times">The times of outputs, a vector.</param>
    /// <param name="settings">The method.</param>
    /// <param name="absolute">The absolute tolerances; broadcast to the state's shape.</param>
    /// <param name="events">What happens to the state.</param>
    /// <param name="gradient">How gradients are made; null for what suits the method.</param>
    public OdeCall(Func<Tensor, Tensor, Tensor> f, Tensor y0, Tensor t0, Tensor times, StepSettings settings, Tensor absolute,
        IReadOnlyList<OdeEvent> events, OdeGradient? gradient)
    {
        this.settings = settings;
        state = y0.Shape;
        this.times = times.Shape[0];
        List<Tensor> all = [];
        ClosureCode slope = Code(f, "the right-hand side", state, all, $"a slope of the state's shape {state}");
        ClosureCode[] jumps = [.. events.Select((e, i) => Code(e.Apply, $"event {i}", state, all, $"a state of shape {state}"))];
        ClosureCode?[] roots = [.. events.Select(
            (e, i) => e.Root is null ? null : Code(e.Root, $"the root of event {i}", Shape.Scalar, all, "a scalar"))];
        system = OdeSystem.Of(slope, [.. events.Select(
            (e, i) => new EventCode(jumps[i], roots[i], (int)(e.Times?.Shape.Count ?? 0), e.Crossing, e.IsEnd))]);
        tracked = Tensor.Concat(
            [y0.Reshape(-1), t0, .. all.Where(tensor => tensor.RequiresGradient).Select(Flat),
                .. events.Select(e => e.Times).OfType<Tensor>().Select(Flat), times], 0);
        others = Tensor.Concat(
            [absolute.BroadcastTo(state).Reshape(-1), .. all.Where(tensor => !tensor.RequiresGradient).Select(tensor => Flat(tensor.Detach()))], 0);
        int numbers = system.Size * (1 + system.Size + system.WantedCount + system.EventTimes);
        bool canEnd = events.Any(e => e.IsEnd);
        if (canEnd && gradient == OdeGradient.Forward)
        {
            throw new ArgumentException("Ode.Solve: an event ends the solve, and OdeGradient.Forward was asked for, which has no gradient of the end."
                + " Use OdeGradient.Discrete, the default here, or OdeGradient.Adjoint.");
        }
        this.gradient = gradient ?? (settings.IsStiff && !canEnd && numbers <= MostForward ? OdeGradient.Forward : OdeGradient.Discrete);
        Prepare();

        ClosureCode Code(Func<Tensor, Tensor, Tensor> function, string what, Shape result, List<Tensor> kept, string expected)
        {
            (RecordedClosure closure, Tensor[] captured) = RecordedClosure.Record(
                arguments => [Checked(function(arguments[0], arguments[1]), result, what, expected)],
                [Tensor.Zeros(Shape.Scalar, DType.Float64), Tensor.Zeros(state, DType.Float64)], $"Ode.Solve: {what}", function.Method);
            kept.AddRange(captured);
            return new ClosureCode(closure, state, captured, (int)result.Count);
        }
    }

    /// <summary>Issues the operation.</summary>
    /// <param name="reportsFailure">Whether a failure is reported, not refused.</param>
    /// <param name="type">The type of the values.</param>
    public OdeSolution Issue(bool reportsFailure, DType type)
    {
        Tensor result = Apply(false);
        int outputs = times * system.Size;
        Tensor report = result.Detach().Slice(0, outputs, RunReport.Count);
        if (!reportsFailure)
        {
            Tensor isFine = report[RunReport.Status].AllWithin(new NumberRange((double)OdeStatus.Solved, (double)OdeStatus.EndedByEvent));
            StepCheck.Add(isFine, new SolveVerdict(settings), null, report);
        }
        Tensor end = system.CanEnd ? result : result.Detach();
        return new OdeSolution(result.Slice(0, 0, outputs).Reshape([times, .. state]).To(type), end[outputs + RunReport.Time].To(type), report);
    }

    /// <summary>Issues the operation where nobody looks at how it went: a failure is an error of the operation.</summary>
    /// <returns>The states, [times, .. the state's shape].</returns>
    public Tensor IssueRefusing() => Apply(true).Slice(0, 0, times * system.Size).Reshape([times, .. state]);

    private Tensor Apply(bool isRefusing) => Tensor.Apply(new OdeOperation(system, settings, gradient, times, isRefusing), tracked, others);

    private static Tensor Flat(Tensor tensor) => tensor.To(DType.Float64).Reshape(-1);

    private static Tensor Checked(Tensor? result, Shape shape, string what, string expected) => result is null
        ? throw new ArgumentException($"Ode.Solve: {what} gave null; it must give {expected}.")
        : result.Shape == shape || (shape.Rank == 0 && result.Shape.Count == 1) ? result.Reshape(shape)
        : throw new ArgumentException($"Ode.Solve: {what} gave a tensor of shape {result.Shape}; it must give {expected}.");

    /// <summary>Compiles now what the operation will run, because it may run inside of a program.</summary>
    private void Prepare()
    {
        foreach (ClosureCode code in system.Closures)
        {
            _ = code.ValueFunction;
            if ((tracked.RequiresGradient && gradient != OdeGradient.Forward) || (settings.IsStiff && system.IsLarge))
            {
                _ = code.BackFunction;
            }
        }
        if (settings.IsStiff)
        {
            _ = system.IsLarge ? system.Slope.TimeSlopeFunction : system.Slope.JacobianFunction;
            if (tracked.RequiresGradient && gradient == OdeGradient.Discrete)
            {
                _ = system.IsLarge ? system.Slope.BendAlongFunction : system.Slope.BendFunction;
            }
        }
    }
}
