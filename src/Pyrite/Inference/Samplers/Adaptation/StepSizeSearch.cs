using System.Globalization;

namespace Pyrite.Inference.Samplers.Adaptation;

/// <summary>Doubles or halves a step size until one step's acceptance probability crosses 0.8.</summary>
/// <remarks>As Stan; Hoffman and Gelman (2014), algorithm 4, draw the momentum once and cross 0.5.</remarks>
internal static class StepSizeSearch
{
    // Below, a product with a gradient loses digits; above, no posterior has a scale: 2^100.
    private const double SmallestStepSize = 1e-300;
    private const double LargestStepSize = 1.2676506002282294e30;

    /// <summary>Searches from the present step size. Where none is found, the run says so and the step size stays.</summary>
    public static void Run(HamiltonianMotion motion, Integrator integrator, ChainState state, RandomKey key)
    {
        double limit = Math.Log(0.8), given = motion.StepSize;
        PhasePoint point = motion.Point;
        int direction = 0;
        for (int i = 0; motion.StepSize is >= SmallestStepSize and <= LargestStepSize; i++)
        {
            motion.Begin(state, key.Child(i));
            double before = point.KineticEnergy - point.LogDensity;
            double change = before - integrator.Step(point, motion.StepSize);
            int wanted = change > limit ? 1 : -1;
            if (direction != 0 && wanted != direction)
            {
                return;
            }
            direction = wanted;
            motion.StepSize *= direction > 0 ? 2 : 0.5;
        }
        point.Potential.Notes.Add("step size", direction > 0
            ? string.Create(CultureInfo.InvariantCulture,
                $"The search for a step size gave up at {motion.StepSize:G3}: steps of every length keep the energy, so the log-density has no "
                    + $"curvature that would end a trajectory. The posterior is probably improper; give flat priors a proper family, or check that "
                    + $"the data reach the model.")
            : string.Create(CultureInfo.InvariantCulture,
                $"The search for a step size gave up below {SmallestStepSize:G3}: even the shortest step changes the energy too much, so a chain "
                    + $"cannot leave the point of log-density {state.LogDensity:G4}. E-BFMI and R-hat of such a chain say nothing. The density "
                    + $"jumps there, or its gradient is not its slope: begin elsewhere (start: InitialValues…), or smooth what jumps."));
        motion.StepSize = given;
    }
}
