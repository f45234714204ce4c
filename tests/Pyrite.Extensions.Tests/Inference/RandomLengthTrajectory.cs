namespace Pyrite.Extensions.Inference;

/// <summary>Hamiltonian trajectories of a random number of steps, accepted or refused as a whole.</summary>
internal sealed class RandomLengthTrajectory(int most) : Trajectory
{
    public override TrajectoryWalk Begin(PhasePoint point, Integrator integrator) => new Walk(point, integrator, most);

    private sealed class Walk(PhasePoint point, Integrator integrator, int most) : TrajectoryWalk
    {
        private readonly double[] start = new double[point.Position.Length];
        private readonly double[] slope = new double[point.Position.Length];

        public override Transition Draw(double stepSize, UniformDraws uniforms)
        {
            point.CopyTo(start, slope);
            double logDensity = point.LogDensity, before = point.KineticEnergy - logDensity, after = before;
            int steps = 1 + (int)(most * uniforms.Next());
            for (int i = 0; i < steps && double.IsFinite(after); i++)
            {
                after = integrator.Step(point, stepSize);
            }
            double probability = double.IsFinite(after) ? Math.Min(1, Math.Exp(before - after)) : 0;
            if (uniforms.Next() >= probability)
            {
                point.Place(start, slope, logDensity);
            }
            return new Transition(point.LogDensity, probability, stepSize, 0, steps * integrator.GradientsPerStep, probability == 0, after);
        }
    }
}
