using Pyrite.Runs;
using Pyrite.Stepping;

namespace Pyrite.Gradients;

/// <summary>Goes back through steps of the Rosenbrock method: the systems of the stages with the transposed matrix, in reverse, and the derivatives
/// of
/// the Jacobian in one weighted sum a step.</summary>
internal sealed class RosenbrockBack(OdeRun run) : StepBack(run)
{
    private const int Stages = Rosenbrock.Stages;

    private readonly RunRecord record = run.Record;
    private readonly double[] stageGradients = new double[Stages * run.Room.Size];
    private readonly double[] before = new double[run.Room.Size];
    private readonly double[] behind = new double[run.Room.Size];
    private readonly double[] place = new double[run.Room.Size];
    private readonly double[] product = new double[run.Room.Size];
    private readonly double[] solution = new double[run.Room.Size];
    private readonly double[] jacobian = new double[run.Room.Size * run.Room.Size];
    private readonly double[] timeSlope = new double[run.Room.Size];
    private readonly bool isLarge = run.Room.IsLarge;
    private readonly double[] bent = new double[run.Room.Size];
    private readonly double[] matrixWeights = new double[run.Room.IsLarge ? 0 : run.Room.Size * run.Room.Size];
    private readonly double[] timeWeights = new double[run.Room.Size];
    private readonly LuFactors factors = new(run.Room.Size);

    public override void Restart()
    {
        Clear();
        factors.Restart();
    }

    public override void AddOutput(in RunEntry step, double theta, ReadOnlySpan<double> upstream)
    {
        Span<double> weights = stackalloc double[Stages];
        Rosenbrock.Inside(theta, weights);
        for (int stage = 0; stage < Stages; stage++)
        {
            AddTo(StageOf(stage), weights[stage], upstream);
        }
        AddTo(before, 1 - theta, upstream);
        AddTo(behind, theta, upstream);
    }

    public override void GoBack(in RunEntry step, Span<double> adjoint, Span<double> gradients)
    {
        int n = Size;
        double h = step.Length;
        ReadOnlySpan<double> numbers = record.Numbers(step, (Stages + 1) * n), state = numbers[..n], stages = numbers[n..];
        Room.Jacobian(step.Time, state, jacobian, timeSlope);
        factors.Factorize(1 / (Rosenbrock.Gamma * h), jacobian);
        AddTo(adjoint, 1, behind);
        for (int stage = 0; stage < Stages; stage++)
        {
            AddTo(StageOf(stage), Rosenbrock.Weights[Stages][stage], adjoint);
        }
        AddTo(adjoint, 1, before);
        Array.Clear(matrixWeights);
        Array.Clear(timeWeights);
        Array.Clear(bent);
        for (int stage = Stages - 1; stage >= 0; stage--)
        {
            factors.SolveTransposed(StageOf(stage), solution);
            AddBend(step.Time, state, stages.Slice(stage * n, n), Rosenbrock.TimeWeights[stage] * h, gradients);
            RosenbrockScheme.PlaceOf(stage, state, stages, place);
            Room.Right.Back(step.Time + (Rosenbrock.Nodes[stage] * h), place, solution, product, gradients);
            AddTo(adjoint, 1, product);
            for (int j = 0; j < stage; j++)
            {
                AddTo(StageOf(j), Rosenbrock.Weights[stage][j], product);
                AddTo(StageOf(j), Rosenbrock.Couplings[stage][j] / h, solution);
            }
        }
        if (!isLarge)
        {
            Room.Right.Bend(step.Time, state, matrixWeights, timeWeights, adjoint, gradients);
        }
        AddTo(adjoint, 1, bent);
        Clear();
    }

    public override void Finish(Span<double> adjoint, Span<double> gradients)
    {
        // No slope is shared by two steps.
    }

    /// <summary>What the solution of a stage's system takes from the Jacobian: at once for a large one, else summed up for the whole step.</summary>
    private void AddBend(double t, ReadOnlySpan<double> state, ReadOnlySpan<double> stage, double inTime, Span<double> gradients)
    {
        if (isLarge)
        {
            Room.Right.BendAlong(t, state, solution, stage, inTime, bent, gradients);
            return;
        }
        for (int i = 0; i < Size; i++)
        {
            AddTo(matrixWeights.AsSpan(i * Size, Size), solution[i], stage);
        }
        AddTo(timeWeights, inTime, solution);
    }

    private void Clear()
    {
        Array.Clear(stageGradients);
        Array.Clear(before);
        Array.Clear(behind);
    }

    private Span<double> StageOf(int stage) => stageGradients.AsSpan(stage * Size, Size);
}
