using Pyrite.Runs;
using Pyrite.Stepping;

namespace Pyrite.Gradients;

/// <summary>Goes back through steps of Tsitouras' method: one product with the transposed Jacobian a stage, and none for the last stage, which is the
/// first of the next step.</summary>
internal sealed class ExplicitBack(OdeRun run) : StepBack(run)
{
    private const int Stages = Tsitouras.Stages;

    private readonly double[] stageGradients = new double[Stages * run.Room.Size];
    private readonly double[] inside = new double[run.Room.Size];
    private readonly double[] pending = new double[run.Room.Size];
    private readonly double[] pendingState = new double[run.Room.Size];
    private readonly double[] place = new double[run.Room.Size];
    private readonly double[] product = new double[run.Room.Size];
    private double pendingTime;

    public override void Restart()
    {
        Array.Clear(stageGradients);
        Array.Clear(inside);
        Array.Clear(pending);
    }

    public override void AddOutput(in RunEntry step, double theta, ReadOnlySpan<double> upstream)
    {
        Span<double> weights = stackalloc double[Stages];
        Tsitouras.Inside(theta, weights);
        for (int stage = 0; stage < Stages; stage++)
        {
            AddTo(StageOf(stage), step.Length * weights[stage], upstream);
        }
        AddTo(inside, 1, upstream);
    }

    public override void GoBack(in RunEntry step, Span<double> adjoint, Span<double> gradients)
    {
        ReadOnlySpan<double> numbers = Record.Numbers(step, (Stages + 1) * Size), before = numbers[..Size], stages = numbers[Size..];

        // The slope behind the step belongs to this step and to the next one.
        AddTo(pending, 1, StageOf(Stages - 1));
        pendingTime = step.Time + step.Length;
        ExplicitScheme.PlaceOf(Stages - 1, step.Length, before, stages, pendingState);
        Finish(adjoint, gradients);
        for (int stage = 0; stage < Stages - 1; stage++)
        {
            AddTo(StageOf(stage), step.Length * Tsitouras.Weights[Stages - 1][stage], adjoint);
        }
        AddTo(adjoint, 1, inside);
        for (int stage = Stages - 2; stage > 0; stage--)
        {
            ExplicitScheme.PlaceOf(stage, step.Length, before, stages, place);
            Room.Right.Back(step.Time + (Tsitouras.Nodes[stage] * step.Length), place, StageOf(stage), product, gradients);
            AddTo(adjoint, 1, product);
            for (int j = 0; j < stage; j++)
            {
                AddTo(StageOf(j), step.Length * Tsitouras.Weights[stage][j], product);
            }
        }
        StageOf(0).CopyTo(pending);
        pendingTime = step.Time;
        before.CopyTo(pendingState);
        Array.Clear(stageGradients);
        Array.Clear(inside);
    }

    public override void Finish(Span<double> adjoint, Span<double> gradients)
    {
        if (pending.AsSpan().ContainsAnyExcept(0.0))
        {
            Room.Right.Back(pendingTime, pendingState, pending, product, gradients);
            AddTo(adjoint, 1, product);
            Array.Clear(pending);
        }
    }

    private RunRecord Record { get; } = run.Record;

    private Span<double> StageOf(int stage) => stageGradients.AsSpan(stage * Size, Size);
}
