namespace Pyrite.Inference.Samplers.Trajectories;

/// <summary>A point that may become the draw.</summary>
internal sealed class TrajectoryDraw(int size)
{
    private readonly double[] q = new double[size];
    private readonly double[] g = new double[size];
    private double logDensity;

    public double Energy { get; private set; }

    public double LogDensity => logDensity;

    public void Take(PhasePoint point, double energy)
    {
        point.CopyTo(q, g);
        logDensity = point.LogDensity;
        Energy = energy;
    }

    public void Take(TrajectoryDraw other)
    {
        other.q.AsSpan().CopyTo(q);
        other.g.AsSpan().CopyTo(g);
        logDensity = other.logDensity;
        Energy = other.Energy;
    }

    public void Give(PhasePoint point) => point.Place(q, g, logDensity);
}
