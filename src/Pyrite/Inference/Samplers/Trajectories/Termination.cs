using Pyrite.Inference.Samplers.Trajectories;

namespace Pyrite;

/// <summary>When a trajectory that doubles has gone far enough.</summary>
/// <remarks>Asked of every two neighbouring stretches of equal length that are joined, in the whole trajectory and inside of its halves, so that the
/// trajectory could have begun at any of its points. The answer must not depend on which of the two is earlier in time. Derive from it for a
/// criterion of your own; override <c>ToString</c> where it has settings.</remarks>
public abstract class Termination
{
    /// <summary>The trajectory has turned back: its ends no longer run apart.</summary>
    /// <remarks>Betancourt's criterion of the sum of momenta (2013), for the stretches together and, as Stan since 2.21, for each with the nearest
    /// point of the other.</remarks>
    public static Termination UTurn { get; } = new UTurnTermination();

    /// <summary>Whether the trajectory goes on after two stretches have been joined.</summary>
    /// <param name="one">One stretch.</param>
    /// <param name="other">Its neighbour; the inner ends of both lie side by side.</param>
    public abstract bool GoesOn(in TrajectoryStretch one, in TrajectoryStretch other);
}
