using System.Globalization;
using Pyrite.Kernels.Trajectories;

namespace Pyrite.Inference.Samplers;

/// <summary>A chain's moving point (position, momentum, velocity, gradient), its metric and step size, and how these are adapted.</summary>
internal sealed class HamiltonianChain
{
    // Below, a product with a gradient loses digits; above, no posterior has a scale: 2^100.
    private const double SmallestStepSize = 1e-300;
    private const double LargestStepSize = 1.2676506002282294e30;

    private readonly HamiltonianSampler sampler;
    private readonly ChainState state;
    private readonly IReadOnlyList<(int First, int Last)> windows;
    private readonly StepSizeAdaptation adaptation;
    private readonly MetricEstimate? estimate;
    private double[]? variances;
    private Metric metric;

    public HamiltonianChain(HamiltonianSampler sampler, ChainState state)
    {
        this.sampler = sampler;
        this.state = state;
        int size = state.Point.Length;
        Potential = state.Potential;
        Q = new double[size];
        P = new double[size];
        V = new double[size];
        G = new double[size];
        Tree = new TrajectoryTree(this, sampler.MaximumDepth);
        metric = sampler.Metric ?? Metric.Unit(size);
        variances = (metric as DiagonalMetric)?.Diagonal;
        windows = WarmupWindows.Of(state.Warmup);
        adaptation = new StepSizeAdaptation(sampler.TargetAcceptance);
        estimate = sampler.AdaptMetric && windows.Count > 2 ? new MetricEstimate(size, sampler.Structure.Members(Potential)) : null;
        StepSize = sampler.StepSize ?? 1;
    }

    public Potential Potential { get; }

    /// <summary>The moving point: position, momentum, velocity and gradient.</summary>
    public double[] Q { get; }

    public double[] P { get; }

    public double[] V { get; }

    public double[] G { get; }

    /// <summary>The log-density at the moving point.</summary>
    public double LogDensity { get; set; }

    public TrajectoryTree Tree { get; }

    public UniformDraws Uniforms { get; } = new();

    public Metric Metric => metric;

    /// <summary>The step size without jitter.</summary>
    public double StepSize { get; private set; }

    /// <summary>The step size of this transition.</summary>
    public double Jittered { get; private set; }

    /// <summary>Begins the chain: finds a step size where none was given.</summary>
    public void FindFirstStepSize(RandomKey key)
    {
        if (sampler.StepSize is null)
        {
            FindStepSize(key.Child("step size"));
        }
        adaptation.Restart(StepSize);
    }

    /// <summary>Writes down what has been learnt.</summary>
    public void Export(IDictionary<string, double[]> numbers)
    {
        numbers["step_size"] = [StepSize];
        numbers["adaptation"] = adaptation.Export();
        metric.Export(numbers);
        estimate?.Export(numbers);
    }

    /// <summary>Takes over what had been learnt.</summary>
    /// <exception cref="InvalidDataException">The numbers are not those of such a chain.</exception>
    public void Restore(ChainSnapshot saved)
    {
        StepSize = saved.Take("step_size");
        adaptation.Restore(saved.Take("adaptation", StepSizeAdaptation.StateSize));
        metric = Metric.Restore(saved, state.Point.Length);
        variances = (metric as DiagonalMetric)?.Diagonal;
        estimate?.Restore(saved);
    }

    /// <summary>Puts the moving point to the chain's position with a fresh momentum.</summary>
    public void Begin(RandomKey key)
    {
        Uniforms.Restart(key.Child(1));
        Jittered = sampler.Jitter == 0 ? StepSize : StepSize * (1 + (sampler.Jitter * ((2 * Uniforms.Next()) - 1)));
        Start(key.Child(0));
    }

    /// <summary>The kinetic energy of the moving point; its velocity is there.</summary>
    public double Kinetic() => 0.5 * LeapfrogKernel.Dot(P, V);

    /// <summary>One leapfrog step of the moving point.</summary>
    /// <param name="step">Negative to go back in time.</param>
    /// <returns>The Hamiltonian afterwards; not finite where the model cannot be computed.</returns>
    public double Leapfrog(double step)
    {
        if (variances is { } inverse)
        {
            LeapfrogKernel.KickAndDrift(Q, P, G, inverse, 0.5 * step, step);
            LogDensity = Potential.LogDensity(Q, G);
            return (0.5 * LeapfrogKernel.KickAndVelocity(P, G, 0.5 * step, inverse, V)) - LogDensity;
        }
        LeapfrogKernel.Add(P, G, 0.5 * step);
        metric.Velocity(P, V);
        LeapfrogKernel.Add(Q, V, step);
        LogDensity = Potential.LogDensity(Q, G);
        LeapfrogKernel.Add(P, G, 0.5 * step);
        metric.Velocity(P, V);
        return Kinetic() - LogDensity;
    }

    /// <summary>Learns from the last transition.</summary>
    public void Adapt(RandomKey key)
    {
        long number = state.Transitions - 1;
        if (number >= state.Warmup)
        {
            return;
        }
        if (sampler.AdaptStepSize)
        {
            adaptation.Update(state.Last.AcceptanceProbability);
            StepSize = adaptation.Current;
        }
        if (estimate is not null && number >= windows[1].First && number <= windows[^2].Last)
        {
            estimate.Add(state.Point);
            if (IsEndOfWindow(number))
            {
                metric = estimate.Metric();
                variances = (metric as DiagonalMetric)?.Diagonal;
                estimate.Clear();
                RestartStepSize(key);
            }
        }
        if (number == state.Warmup - 1 && sampler.AdaptStepSize)
        {
            StepSize = adaptation.Averaged;
        }
    }

    private bool IsEndOfWindow(long number)
    {
        for (int i = 1; i < windows.Count - 1; i++)
        {
            if (windows[i].Last == number)
            {
                return true;
            }
        }
        return false;
    }

    private void RestartStepSize(RandomKey key)
    {
        if (sampler.AdaptStepSize)
        {
            FindStepSize(key.Child(2));
            adaptation.Restart(StepSize);
        }
    }

    /// <summary>Doubles or halves the step size until one step's acceptance probability crosses 0.8.</summary>
    /// <remarks>As Stan; Hoffman and Gelman (2014), algorithm 4, draw the momentum once and cross 0.5. Where none does, the run says so and the step
    /// size stays.</remarks>
    private void FindStepSize(RandomKey key)
    {
        double limit = Math.Log(0.8), given = StepSize;
        int direction = 0;
        for (int i = 0; StepSize is >= SmallestStepSize and <= LargestStepSize; i++)
        {
            Start(key.Child(i));
            double before = Kinetic() - LogDensity;
            double change = before - Leapfrog(StepSize);
            int wanted = change > limit ? 1 : -1;
            if (direction != 0 && wanted != direction)
            {
                return;
            }
            direction = wanted;
            StepSize *= direction > 0 ? 2 : 0.5;
        }
        Potential.Notes.Add("step size", direction > 0
            ? string.Create(CultureInfo.InvariantCulture,
                $"The search for a step size gave up at {StepSize:G3}: steps of every length keep the energy, so the log-density has no curvature "
                    + $"that would end a trajectory. The posterior is probably improper; give flat priors a proper family, or check that the data "
                    + $"reach the model.")
            : string.Create(CultureInfo.InvariantCulture,
                $"The search for a step size gave up below {SmallestStepSize:G3}: even the shortest step changes the energy too much, so a chain "
                    + $"cannot leave the point of log-density {state.Last.LogDensity:G4}. E-BFMI and R-hat of such a chain say nothing. The density "
                    + $"jumps there, or its gradient is not its slope: begin elsewhere (start: InitialValues…), or smooth what jumps."));
        StepSize = given;
    }

    private void Start(RandomKey momentum)
    {
        state.Point.AsSpan().CopyTo(Q);
        state.Slope.AsSpan().CopyTo(G);
        LogDensity = state.Last.LogDensity;
        metric.DrawMomentum(momentum, P);
        metric.Velocity(P, V);
    }
}
