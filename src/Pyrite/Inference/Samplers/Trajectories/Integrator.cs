using Pyrite.Inference.Samplers.Trajectories;

namespace Pyrite;

/// <summary>One step along a Hamiltonian trajectory.</summary>
/// <remarks>A step must keep volume, and a step of minus the size must take it back; a sequence of kicks and drifts that reads the same from both
/// ends does. Derive from it for an integrator of your own (more stages, higher order); override <c>ToString</c> where it has settings.</remarks>
public abstract class Integrator
{
    /// <summary>Half a kick, a drift, half a kick: of second order, one gradient per step. What samplers use unless told otherwise.</summary>
    public static Integrator Leapfrog { get; } = new LeapfrogIntegrator();

    /// <summary>How many gradients a step computes, which is what samplers report.</summary>
    public virtual int GradientsPerStep => 1;

    /// <summary>Moves a point by one step; its gradient belongs to its position before and after.</summary>
    /// <param name="point">The point.</param>
    /// <param name="stepSize">The time of the step; negative to go back in time.</param>
    /// <returns>The Hamiltonian afterwards, as <see cref="PhasePoint.KickAndEnergy"/> gives it: end with that.</returns>
    public abstract double Step(PhasePoint point, double stepSize);
}
