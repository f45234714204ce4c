namespace Pyrite.Inference.Samplers;

/// <summary>A chain's moving point and what moves it, made from the chain's record: the memory between transitions.</summary>
internal sealed class HamiltonianMotion
{
    public const string StepSizeName = "step_size";

    private readonly HamiltonianSampler sampler;
    private readonly double[] stepSize;
    private readonly TrajectoryWalk walk;
    private readonly HamiltonianWarmup warmup;
    private readonly UniformDraws uniforms = new();

    /// <exception cref="InvalidDataException">The record was read, and is none of such a chain.</exception>
    public HamiltonianMotion(HamiltonianSampler sampler, Potential potential, ChainState state)
    {
        this.sampler = sampler;
        stepSize = state.Learnt.Take(StepSizeName, 1);
        Point = new PhasePoint(potential, MetricOf(sampler, state.Learnt, potential.Dimension));
        walk = sampler.Trajectory.Begin(Point, sampler.Integrator);
        warmup = new HamiltonianWarmup(sampler, this, state);
    }

    public PhasePoint Point { get; }

    /// <summary>The step size without jitter.</summary>
    public double StepSize
    {
        get => stepSize[0];
        set => stepSize[0] = value;
    }

    /// <summary>Whether it was made for this sampler and potential.</summary>
    public bool Serves(HamiltonianSampler other, Potential potential) =>
        ReferenceEquals(sampler, other) && ReferenceEquals(Point.Potential, potential);

    /// <summary>Finds the first step size where none was given.</summary>
    public void Start(ChainState state) => warmup.Start(state);

    /// <summary>Makes one transition.</summary>
    public ChainState Step(ChainState state)
    {
        RandomKey key = state.NextKey;
        uniforms.Restart(key.Child(1));
        double jittered = sampler.Jitter == 0 ? StepSize : StepSize * (1 + (sampler.Jitter * ((2 * uniforms.Next()) - 1)));
        Begin(state, key.Child(0));
        Transition transition = walk.Draw(jittered, uniforms);
        state.Move(Point.Position, Point.Gradient, transition);
        warmup.Learn(state, key);
        return state;
    }

    /// <summary>Puts the point to the chain's position with a fresh momentum.</summary>
    public void Begin(ChainState state, RandomKey momentum) => Point.Restart(state.Position, state.Gradient, state.LogDensity, momentum);

    /// <summary>The metric that a chain with these numbers goes on with.</summary>
    public static Metric MetricOf(HamiltonianSampler sampler, StateNumbers learnt, int dimension) => Metric.IsIn(learnt)
        ? Metric.Read(learnt, dimension)
        : sampler.Structure.Read(learnt, dimension) ?? sampler.Metric ?? Metric.Read(learnt, dimension);
}
