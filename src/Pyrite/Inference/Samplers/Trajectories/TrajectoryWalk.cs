namespace Pyrite;

/// <summary>Follows the trajectories of one chain; see <see cref="Trajectory.Begin"/>.</summary>
public abstract class TrajectoryWalk
{
    /// <summary>Follows a trajectory from where the point is, whose momentum is fresh.</summary>
    /// <remarks>Leaves position, gradient and log-density of the point at the draw; the momentum may be any.</remarks>
    /// <param name="stepSize">The step size of this transition, positive.</param>
    /// <param name="uniforms">The randomness of this transition.</param>
    /// <returns>What to report of the transition.</returns>
    public abstract Transition Draw(double stepSize, UniformDraws uniforms);
}
