namespace Pyrite.Inference.Samplers.Trajectories;

/// <summary>Momentum and velocity of a point.</summary>
internal sealed class TrajectoryEdge(int size)
{
    public double[] P { get; } = new double[size];

    public double[] V { get; } = new double[size];

    public void Take(PhasePoint point) => point.CopyMotionTo(P, V);

    public void Take(TrajectoryEdge other)
    {
        other.P.AsSpan().CopyTo(P);
        other.V.AsSpan().CopyTo(V);
    }
}
