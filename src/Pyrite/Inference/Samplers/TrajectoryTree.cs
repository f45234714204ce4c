using Pyrite.Kernels.Trajectories;

namespace Pyrite.Inference.Samplers;

/// <summary>A trajectory that doubles forwards or backwards in time until it turns back, with a draw from its points.</summary>
/// <remarks>Betancourt, "A conceptual introduction to Hamiltonian Monte Carlo" (2017), appendix A: multinomial weights, biased progressive sampling
/// between doublings, the U-turn criterion of sums of momenta, and, as Stan since 2.21, the same between a subtree and the nearest point of its
/// neighbour.</remarks>
internal sealed class TrajectoryTree
{
    private const double LargestEnergyError = 1000;

    private readonly HamiltonianChain chain;
    private readonly Level[] levels;
    private readonly End forward;
    private readonly End backward;
    private readonly Proposal proposal;
    private readonly double[] rho;
    private readonly double[] rhoForward;
    private readonly double[] rhoBackward;
    private readonly Edge forwardInner;
    private readonly Edge backwardInner;
    private double initialEnergy;
    private double acceptance;
    private double signedStep;
    private int leapfrogSteps;
    private bool isDivergent;

    public TrajectoryTree(HamiltonianChain chain, int maximumDepth)
    {
        this.chain = chain;
        int size = chain.Q.Length;
        levels = new Level[maximumDepth];
        for (int i = 0; i < maximumDepth; i++)
        {
            levels[i] = new Level(size);
        }
        forward = new End(size);
        backward = new End(size);
        forwardInner = new Edge(size);
        backwardInner = new Edge(size);
        proposal = new Proposal(size);
        rho = new double[size];
        rhoForward = new double[size];
        rhoBackward = new double[size];
    }

    /// <summary>Grows a trajectory from the chain's moving point and leaves the draw in the state.</summary>
    public Transition Grow(ChainState state)
    {
        initialEnergy = chain.Kinetic() - chain.LogDensity;
        acceptance = 0;
        leapfrogSteps = 0;
        isDivergent = false;
        forward.Take(chain);
        backward.Take(chain);
        chain.P.AsSpan().CopyTo(rho);
        LogWeight weight = LogWeight.Of(0);
        double energy = initialEnergy, logDensity = chain.LogDensity;
        int depth = 0;
        while (depth < levels.Length)
        {
            bool isForward = chain.Uniforms.Next() > 0.5;
            (End end, End far) = isForward ? (forward, backward) : (backward, forward);
            (double[] rhoNew, double[] rhoOld) = isForward ? (rhoForward, rhoBackward) : (rhoBackward, rhoForward);
            (Edge newInner, Edge oldInner) = isForward ? (forwardInner, backwardInner) : (backwardInner, forwardInner);
            rho.AsSpan().CopyTo(rhoOld);
            oldInner.Take(end.Edge);
            end.Give(chain);
            signedStep = isForward ? chain.Jittered : -chain.Jittered;
            LogWeight subtree = LogWeight.Zero;
            if (!Build(depth, proposal, newInner, end.Edge, rhoNew, ref subtree))
            {
                break;
            }
            end.Take(chain);
            depth++;
            if (subtree.Exceeds(chain.Uniforms.Next(), weight))
            {
                proposal.Give(state);
                energy = proposal.Energy;
                logDensity = proposal.LogDensity;
            }
            weight = weight.Plus(subtree);
            LeapfrogKernel.Sum(rhoOld, rhoNew, rho);
            if (!LeapfrogKernel.IsParting(rhoOld, rhoNew, far.Edge.V, end.Edge.V)
                || !LeapfrogKernel.IsParting(rhoOld, newInner.P, far.Edge.V, newInner.V)
                || !LeapfrogKernel.IsParting(rhoNew, oldInner.P, oldInner.V, end.Edge.V))
            {
                break;
            }
        }
        return new Transition(logDensity, acceptance / Math.Max(1, leapfrogSteps), chain.Jittered, depth, leapfrogSteps, isDivergent, energy);
    }

    /// <summary>Adds 2^depth points beyond the moving point.</summary>
    /// <param name="depth">The subtree's depth.</param>
    /// <param name="drawn">Takes a draw from the subtree.</param>
    /// <param name="first">Takes momentum and velocity of the point next to where it began.</param>
    /// <param name="last">Takes those of the last point.</param>
    /// <param name="sum">Takes the sum of all momenta.</param>
    /// <param name="weight">Grows by the weights of all points.</param>
    /// <returns>Whether no part of the subtree diverged or turned back.</returns>
    private bool Build(int depth, Proposal drawn, Edge first, Edge last, double[] sum, ref LogWeight weight)
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
        if (secondWeight.Exceeds(chain.Uniforms.Next(), total))
        {
            drawn.Take(level.Proposal);
        }
        weight = weight.Plus(total);
        LeapfrogKernel.Sum(level.FirstSum, level.SecondSum, sum);
        return LeapfrogKernel.IsParting(level.FirstSum, level.SecondSum, first.V, last.V)
            && LeapfrogKernel.IsParting(level.FirstSum, level.SecondStart.P, first.V, level.SecondStart.V)
            && LeapfrogKernel.IsParting(level.SecondSum, level.FirstEnd.P, level.FirstEnd.V, last.V);
    }

    private bool AddPoint(Proposal drawn, Edge first, Edge last, double[] sum, ref LogWeight weight)
    {
        double energy = chain.Leapfrog(signedStep);
        leapfrogSteps++;
        double gain = double.IsNaN(energy) ? double.NegativeInfinity : initialEnergy - energy;
        LogWeight own = LogWeight.Of(gain);
        weight = weight.Plus(own);
        acceptance += own.OrOne;
        if (-gain > LargestEnergyError)
        {
            isDivergent = true;
            return false;
        }
        drawn.Take(chain, energy);
        first.Take(chain);
        last.Take(chain);
        chain.P.AsSpan().CopyTo(sum);
        return true;
    }

    /// <summary>Momentum and velocity of a point.</summary>
    private sealed class Edge(int size)
    {
        public double[] P { get; } = new double[size];

        public double[] V { get; } = new double[size];

        public void Take(HamiltonianChain chain)
        {
            chain.P.AsSpan().CopyTo(P);
            chain.V.AsSpan().CopyTo(V);
        }

        public void Take(Edge other)
        {
            other.P.AsSpan().CopyTo(P);
            other.V.AsSpan().CopyTo(V);
        }
    }

    /// <summary>An end of the trajectory, from which it can go on.</summary>
    private sealed class End(int size)
    {
        private readonly double[] q = new double[size];
        private readonly double[] g = new double[size];
        private double logDensity;

        public Edge Edge { get; } = new(size);

        public void Take(HamiltonianChain chain)
        {
            chain.Q.AsSpan().CopyTo(q);
            chain.G.AsSpan().CopyTo(g);
            Edge.Take(chain);
            logDensity = chain.LogDensity;
        }

        public void Give(HamiltonianChain chain)
        {
            q.AsSpan().CopyTo(chain.Q);
            g.AsSpan().CopyTo(chain.G);
            Edge.P.AsSpan().CopyTo(chain.P);
            Edge.V.AsSpan().CopyTo(chain.V);
            chain.LogDensity = logDensity;
        }
    }

    /// <summary>A point that may become the draw.</summary>
    private sealed class Proposal(int size)
    {
        private readonly double[] q = new double[size];
        private readonly double[] g = new double[size];

        public double Energy { get; private set; }

        public double LogDensity { get; private set; }

        public void Take(HamiltonianChain chain, double energy)
        {
            chain.Q.AsSpan().CopyTo(q);
            chain.G.AsSpan().CopyTo(g);
            LogDensity = chain.LogDensity;
            Energy = energy;
        }

        public void Take(Proposal other)
        {
            other.q.AsSpan().CopyTo(q);
            other.g.AsSpan().CopyTo(g);
            LogDensity = other.LogDensity;
            Energy = other.Energy;
        }

        public void Give(ChainState state)
        {
            q.AsSpan().CopyTo(state.Point);
            g.AsSpan().CopyTo(state.Slope);
        }
    }

    /// <summary>What a subtree remembers of its halves.</summary>
    private sealed class Level(int size)
    {
        public Edge FirstEnd { get; } = new(size);

        public Edge SecondStart { get; } = new(size);

        public double[] FirstSum { get; } = new double[size];

        public double[] SecondSum { get; } = new double[size];

        public Proposal Proposal { get; } = new(size);
    }
}
