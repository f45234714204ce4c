using Pyrite.Kernels.Trajectories;

namespace Pyrite.Inference.Samplers.Trajectories;

/// <summary>A trajectory that doubles forwards or backwards in time until it turns back, with a draw from its points.</summary>
/// <remarks>Betancourt, "A conceptual introduction to Hamiltonian Monte Carlo" (2017), appendix A: multinomial weights, biased progressive sampling
/// between doublings.</remarks>
internal sealed class NoUTurnWalk : TrajectoryWalk
{
    private const double LargestEnergyError = 1000;

    private readonly PhasePoint point;
    private readonly Integrator integrator;
    private readonly Termination termination;
    private readonly Level[] levels;
    private readonly End forward;
    private readonly End backward;
    private readonly double[] rho;
    private readonly double[] rhoForward;
    private readonly double[] rhoBackward;
    private readonly TrajectoryEdge forwardInner;
    private readonly TrajectoryEdge backwardInner;
    private TrajectoryDraw draw;
    private TrajectoryDraw proposal;
    private UniformDraws uniforms = new();
    private double initialEnergy;
    private double acceptance;
    private double signedStep;
    private int steps;
    private bool isDivergent;

    public NoUTurnWalk(PhasePoint point, Integrator integrator, int maximumDepth, Termination termination)
    {
        (this.point, this.integrator, this.termination) = (point, integrator, termination);
        int size = point.Position.Length;
        levels = new Level[maximumDepth];
        for (int i = 0; i < maximumDepth; i++)
        {
            levels[i] = new Level(size);
        }
        forward = new End(size);
        backward = new End(size);
        forwardInner = new TrajectoryEdge(size);
        backwardInner = new TrajectoryEdge(size);
        draw = new TrajectoryDraw(size);
        proposal = new TrajectoryDraw(size);
        rho = new double[size];
        rhoForward = new double[size];
        rhoBackward = new double[size];
    }

    public override Transition Draw(double stepSize, UniformDraws uniforms)
    {
        this.uniforms = uniforms;
        initialEnergy = point.KineticEnergy - point.LogDensity;
        acceptance = 0;
        steps = 0;
        isDivergent = false;
        forward.Take(point);
        backward.Take(point);
        point.Momentum.CopyTo(rho);
        draw.Take(point, initialEnergy);
        LogWeight weight = LogWeight.Of(0);
        int depth = 0;
        while (depth < levels.Length)
        {
            bool isForward = uniforms.Next() > 0.5;
            (End end, End far) = isForward ? (forward, backward) : (backward, forward);
            (double[] rhoNew, double[] rhoOld) = isForward ? (rhoForward, rhoBackward) : (rhoBackward, rhoForward);
            (TrajectoryEdge newInner, TrajectoryEdge oldInner) = isForward ? (forwardInner, backwardInner) : (backwardInner, forwardInner);
            rho.AsSpan().CopyTo(rhoOld);
            oldInner.Take(end.Edge);
            end.Give(point);
            signedStep = isForward ? stepSize : -stepSize;
            LogWeight subtree = LogWeight.Zero;
            if (!Build(depth, proposal, newInner, end.Edge, rhoNew, ref subtree))
            {
                break;
            }
            end.Take(point);
            depth++;
            if (subtree.Exceeds(uniforms.Next(), weight))
            {
                (draw, proposal) = (proposal, draw);
            }
            weight = weight.Plus(subtree);
            LeapfrogKernel.Sum(rhoOld, rhoNew, rho);
            TrajectoryStretch old = new(rhoOld, far.Edge, oldInner), added = new(rhoNew, end.Edge, newInner);
            if (!termination.GoesOn(old, added))
            {
                break;
            }
        }
        draw.Give(point);
        return new Transition(draw.LogDensity, acceptance / Math.Max(1, steps), stepSize, depth, steps * integrator.GradientsPerStep, isDivergent,
            draw.Energy);
    }

    /// <summary>Adds 2^depth points beyond the moving point.</summary>
    /// <param name="depth">The subtree's depth.</param>
    /// <param name="drawn">Takes a draw from the subtree.</param>
    /// <param name="first">Takes momentum and velocity of the point next to where it began.</param>
    /// <param name="last">Takes those of the last point.</param>
    /// <param name="sum">Takes the sum of all momenta.</param>
    /// <param name="weight">Grows by the weights of all points.</param>
    /// <returns>Whether no part of the subtree diverged or turned back.</returns>
    private bool Build(int depth, TrajectoryDraw drawn, TrajectoryEdge first, TrajectoryEdge last, double[] sum, ref LogWeight weight)
    {
        if (depth == 0)
        {
            return AddPoint(drawn, first, last, sum, ref weight);
        }
        Level level = levels[depth - 1];
        LogWeight firstWeight = LogWeight.Zero, secondWeight = LogWeight.Zero;
        if (!Build(depth - 1, drawn, first, level.FirstEnd, level.FirstSum, ref firstWeight)
            || !Build(depth - 1, level.Proposal, level.SecondStart, last, level.SecondSum, ref secondWeight))
        {
            return false;
        }
        LogWeight total = firstWeight.Plus(secondWeight);
        if (secondWeight.Exceeds(uniforms.Next(), total))
        {
            drawn.Take(level.Proposal);
        }
        weight = weight.Plus(total);
        LeapfrogKernel.Sum(level.FirstSum, level.SecondSum, sum);
        TrajectoryStretch one = new(level.FirstSum, first, level.FirstEnd), other = new(level.SecondSum, last, level.SecondStart);
        return termination.GoesOn(one, other);
    }

    private bool AddPoint(TrajectoryDraw drawn, TrajectoryEdge first, TrajectoryEdge last, double[] sum, ref LogWeight weight)
    {
        double energy = integrator.Step(point, signedStep);
        steps++;
        double gain = double.IsNaN(energy) ? double.NegativeInfinity : initialEnergy - energy;
        LogWeight own = LogWeight.Of(gain);
        weight = weight.Plus(own);
        acceptance += own.OrOne;
        if (-gain > LargestEnergyError)
        {
            isDivergent = true;
            return false;
        }
        drawn.Take(point, energy);
        first.Take(point);
        last.Take(point);
        point.Momentum.CopyTo(sum);
        return true;
    }

    /// <summary>An end of the trajectory, from which it can go on.</summary>
    private sealed class End(int size)
    {
        private readonly double[] q = new double[size];
        private readonly double[] g = new double[size];
        private double logDensity;

        public TrajectoryEdge Edge { get; } = new(size);

        public void Take(PhasePoint point)
        {
            point.CopyTo(q, g);
            Edge.Take(point);
            logDensity = point.LogDensity;
        }

        public void Give(PhasePoint point)
        {
            point.Place(q, g, logDensity);
            point.Push(Edge.P, Edge.V);
        }
    }

    /// <summary>What a subtree remembers of its halves.</summary>
    private sealed class Level(int size)
    {
        public TrajectoryEdge FirstEnd { get; } = new(size);

        public TrajectoryEdge SecondStart { get; } = new(size);

        public double[] FirstSum { get; } = new double[size];

        public double[] SecondSum { get; } = new double[size];

        public TrajectoryDraw Proposal { get; } = new(size);
    }
}
