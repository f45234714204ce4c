namespace Pyrite.Inference.Samplers.Trajectories;

/// <summary>A trajectory that doubles until it turns back.</summary>
internal sealed class NoUTurnTrajectory : Trajectory
{
    private readonly int maximumDepth;
    private readonly Termination termination;

    public NoUTurnTrajectory(int maximumDepth, Termination? termination)
    {
        if (maximumDepth is < 1 or > 20)
        {
            throw new ArgumentOutOfRangeException(nameof(maximumDepth), maximumDepth, "The tree depth is limited to 1 to 20; 10 is usual.");
        }
        this.maximumDepth = maximumDepth;
        this.termination = termination ?? Termination.UTurn;
    }

    public override TrajectoryWalk Begin(PhasePoint point, Integrator integrator) => new NoUTurnWalk(point, integrator, maximumDepth, termination);
}
