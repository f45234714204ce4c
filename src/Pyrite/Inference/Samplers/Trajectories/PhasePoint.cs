using Pyrite.Inference.Samplers.Metrics;
using Pyrite.Kernels.Trajectories;

namespace Pyrite;

/// <summary>A point that moves along a Hamiltonian trajectory: position, momentum, velocity, log-density and gradient, and the two movements that
/// integrators are made of.</summary>
/// <remarks>The Hamiltonian is H(q, p) = ½ pᵀ M⁻¹ p - log π(q). A kick changes the momentum along the gradient, a drift the position along the
/// velocity M⁻¹ p; each keeps volume and can be taken back. All vectors have <see cref="Potential.Dimension"/> numbers.</remarks>
public sealed class PhasePoint
{
    private readonly double[] momentum;
    private readonly double[] velocity;
    private readonly double[] position;
    private readonly double[] gradient;
    private Metric metric;
    private double[]? variances;

    /// <summary>A point at rest.</summary>
    /// <param name="potential">What gives log-densities and gradients.</param>
    /// <param name="metric">The metric.</param>
    /// <exception cref="ArgumentException">Potential and metric have different numbers of dimensions.</exception>
    public PhasePoint(Potential potential, Metric metric)
    {
        ArgumentNullException.ThrowIfNull(potential);
        ArgumentNullException.ThrowIfNull(metric);
        Potential = potential;
        int size = potential.Dimension;
        (position, momentum, velocity, gradient) = (new double[size], new double[size], new double[size], new double[size]);
        this.metric = metric;
        Metric = metric;
    }

    /// <summary>What gives log-densities and gradients.</summary>
    public Potential Potential { get; }

    /// <summary>The metric.</summary>
    /// <exception cref="ArgumentException">It has another number of dimensions than the potential.</exception>
    public Metric Metric
    {
        get => metric;
        internal set
        {
            metric = value.Dimension == Potential.Dimension
                ? value
                : throw new ArgumentException($"The metric has {value.Dimension} numbers, the potential {Potential.Dimension}.", nameof(value));
            variances = (value as DiagonalMetric)?.Diagonal;
        }
    }

    /// <summary>q, the unconstrained numbers.</summary>
    public ReadOnlySpan<double> Position => position;

    /// <summary>p.</summary>
    public ReadOnlySpan<double> Momentum => momentum;

    /// <summary>M⁻¹ p, as of the last <see cref="KickAndEnergy"/> or <see cref="Begin"/>.</summary>
    public ReadOnlySpan<double> Velocity => velocity;

    /// <summary>The gradient of the log-density, as of the last <see cref="Evaluate"/>.</summary>
    public ReadOnlySpan<double> Gradient => gradient;

    /// <summary>log π(q), as of the last <see cref="Evaluate"/>; minus infinity where the model cannot be computed.</summary>
    public double LogDensity { get; internal set; }

    /// <summary>½ pᵀ M⁻¹ p, by the present velocity.</summary>
    public double KineticEnergy => 0.5 * LeapfrogKernel.Dot(momentum, velocity);

    /// <summary>Puts the point somewhere; computes gradient and velocity.</summary>
    /// <param name="at">The position.</param>
    /// <param name="with">The momentum.</param>
    public void Begin(ReadOnlySpan<double> at, ReadOnlySpan<double> with)
    {
        at.CopyTo(position);
        with.CopyTo(momentum);
        Evaluate();
        metric.Velocity(momentum, velocity);
    }

    /// <summary>Puts the point to a position whose gradient is known, with a momentum drawn from N(0, M).</summary>
    /// <param name="at">The position.</param>
    /// <param name="slope">The gradient there.</param>
    /// <param name="logDensity">The log-density there.</param>
    /// <param name="key">The source of randomness.</param>
    public void Restart(ReadOnlySpan<double> at, ReadOnlySpan<double> slope, double logDensity, RandomKey key)
    {
        at.CopyTo(position);
        slope.CopyTo(gradient);
        LogDensity = logDensity;
        metric.DrawMomentum(key, momentum);
        metric.Velocity(momentum, velocity);
    }

    /// <summary>p += kick · ∇ log π, then q += drift · M⁻¹ p.</summary>
    /// <param name="kick">The time of the kick; 0 for none.</param>
    /// <param name="drift">The time of the drift.</param>
    public void KickAndDrift(double kick, double drift)
    {
        if (variances is { } inverse)
        {
            LeapfrogKernel.KickAndDrift(position, momentum, gradient, inverse, kick, drift);
            return;
        }
        LeapfrogKernel.Add(momentum, gradient, kick);
        metric.Velocity(momentum, velocity);
        LeapfrogKernel.Add(position, velocity, drift);
    }

    /// <summary>Computes log-density and gradient at the position.</summary>
    public void Evaluate() => LogDensity = Potential.LogDensity(position, gradient);

    /// <summary>p += kick · ∇ log π; computes the velocity.</summary>
    /// <param name="kick">The time of the kick.</param>
    /// <returns>The Hamiltonian; not finite where the model cannot be computed.</returns>
    public double KickAndEnergy(double kick)
    {
        if (variances is { } inverse)
        {
            return (0.5 * LeapfrogKernel.KickAndVelocity(momentum, gradient, kick, inverse, velocity)) - LogDensity;
        }
        LeapfrogKernel.Add(momentum, gradient, kick);
        metric.Velocity(momentum, velocity);
        return KineticEnergy - LogDensity;
    }

    /// <summary>Copies position and gradient.</summary>
    /// <param name="at">Room for the position.</param>
    /// <param name="slope">Room for the gradient.</param>
    public void CopyTo(Span<double> at, Span<double> slope)
    {
        position.CopyTo(at);
        gradient.CopyTo(slope);
    }

    /// <summary>Puts the point to a position whose gradient is known; momentum and velocity stay.</summary>
    /// <param name="at">The position.</param>
    /// <param name="slope">The gradient there.</param>
    /// <param name="logDensity">The log-density there.</param>
    public void Place(ReadOnlySpan<double> at, ReadOnlySpan<double> slope, double logDensity)
    {
        at.CopyTo(position);
        slope.CopyTo(gradient);
        LogDensity = logDensity;
    }

    /// <summary>Copies momentum and velocity.</summary>
    internal void CopyMotionTo(Span<double> p, Span<double> v)
    {
        momentum.CopyTo(p);
        velocity.CopyTo(v);
    }

    /// <summary>Gives the point momentum and velocity.</summary>
    internal void Push(ReadOnlySpan<double> p, ReadOnlySpan<double> v)
    {
        p.CopyTo(momentum);
        v.CopyTo(velocity);
    }
}
