namespace Pyrite.Extensions.Inference;

/// <summary>Two gradients per step: kick, drift, kick, drift, kick, with the coefficient that keeps the energy of Gaussians best.</summary>
/// <remarks>Blanes, Casas and Sanz-Serna, "Numerical integrators for the hybrid Monte Carlo method" (2014), equation 4.</remarks>
internal sealed class TwoStageIntegrator : Integrator
{
    private static readonly double Outer = (3 - Math.Sqrt(3)) / 6;

    public override int GradientsPerStep => 2;

    public override double Step(PhasePoint point, double stepSize)
    {
        point.KickAndDrift(Outer * stepSize, 0.5 * stepSize);
        point.Evaluate();
        point.KickAndDrift((1 - (2 * Outer)) * stepSize, 0.5 * stepSize);
        point.Evaluate();
        return point.KickAndEnergy(Outer * stepSize);
    }

    public override string ToString() => "two stages";
}
