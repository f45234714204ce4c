using Pyrite.Inference.Samplers.Trajectories;

namespace Pyrite;

/// <summary>How a transition goes along a Hamiltonian trajectory, and which of its points becomes the draw.</summary>
/// <remarks>Settings only; <see cref="Begin"/> makes the memory of a chain. Derive from it for a trajectory of your own, and from
/// <see cref="HamiltonianSampler"/> for a sampler that follows it.</remarks>
public abstract class Trajectory
{
    /// <summary>Doubles forwards or backwards in time until it turns back; the draw is multinomial among its points: NUTS.</summary>
    /// <param name="maximumDepth">How often it may double, 1 to 20.</param>
    /// <param name="termination">When it has turned back; <see cref="Termination.UTurn"/> if not given.</param>
    public static Trajectory NoUTurn(int maximumDepth = 10, Termination? termination = null) => new NoUTurnTrajectory(maximumDepth, termination);

    /// <summary>A fixed time or number of steps; its end is accepted or refused as a whole: static HMC.</summary>
    /// <param name="length">The integration time: step size times steps.</param>
    /// <param name="steps">The number of steps, instead of a length.</param>
    public static Trajectory Fixed(double length = 2, int? steps = null) => new FixedTrajectory(length, steps);

    /// <summary>The memory with which a chain follows such trajectories.</summary>
    /// <param name="point">The chain's moving point.</param>
    /// <param name="integrator">What moves it.</param>
    public abstract TrajectoryWalk Begin(PhasePoint point, Integrator integrator);
}
