namespace Pyrite.Inference.Samplers.Trajectories;

/// <summary>A trajectory of a fixed time or number of steps, accepted or refused as a whole.</summary>
internal sealed class FixedTrajectory : Trajectory
{
    private const double LargestEnergyError = 1000;
    private const int MostSteps = 10_000;

    private readonly double length;
    private readonly int? steps;

    public FixedTrajectory(double length, int? steps)
    {
        if (!(length > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(length), length, "A trajectory's length is positive.");
        }
        if (steps is < 1 or > MostSteps)
        {
            throw new ArgumentOutOfRangeException(nameof(steps), steps, $"A trajectory has 1 to {MostSteps} steps.");
        }
        (this.length, this.steps) = (length, steps);
    }

    public override TrajectoryWalk Begin(PhasePoint point, Integrator integrator) => new Walk(this, point, integrator);

    private sealed class Walk(FixedTrajectory trajectory, PhasePoint point, Integrator integrator) : TrajectoryWalk
    {
        private readonly double[] start = new double[point.Position.Length];
        private readonly double[] startGradient = new double[point.Position.Length];

        public override Transition Draw(double stepSize, UniformDraws uniforms)
        {
            point.CopyTo(start, startGradient);
            double logDensity = point.LogDensity, before = point.KineticEnergy - logDensity, energy = before;
            int wanted = trajectory.steps ?? (int)Math.Clamp(Math.Round(trajectory.length / stepSize), 1, MostSteps), made = 0;
            while (made < wanted && !(energy - before > LargestEnergyError) && double.IsFinite(energy))
            {
                energy = integrator.Step(point, stepSize);
                made++;
            }
            bool isDivergent = !(energy - before <= LargestEnergyError);
            double probability = isDivergent ? 0 : Math.Min(1, Math.Exp(before - energy));
            if (uniforms.Next() < probability)
            {
                logDensity = point.LogDensity;
            }
            else
            {
                point.Place(start, startGradient, logDensity);
                energy = before;
            }
            return new Transition(logDensity, probability, stepSize, 0, made * integrator.GradientsPerStep, isDivergent, energy);
        }
    }
}
