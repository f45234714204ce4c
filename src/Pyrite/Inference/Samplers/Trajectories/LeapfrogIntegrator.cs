namespace Pyrite.Inference.Samplers.Trajectories;

/// <summary>The leapfrog integrator.</summary>
internal sealed class LeapfrogIntegrator : Integrator
{
    public override double Step(PhasePoint point, double stepSize)
    {
        double half = 0.5 * stepSize;
        point.KickAndDrift(half, stepSize);
        point.Evaluate();
        return point.KickAndEnergy(half);
    }
}
