using Pyrite.Inference.Approximations;
using Pyrite.Inference.Particles;

namespace Pyrite;

/// <summary>Hamiltonian trajectories of a quarter turn, with the variances of the particles as metric: the default, for many dimensions.</summary>
/// <remarks>Buchholz, Chopin and Jacob, "Adaptive tuning of Hamiltonian Monte Carlo within sequential Monte Carlo" (2021), with the step size adapted
/// from sweep to sweep to an acceptance of 0.8.</remarks>
public sealed class HamiltonianMoves : ParticleMoves
{
    /// <summary>The most leapfrog steps of a trajectory.</summary>
    public int MaxSteps { get; init; } = 64;

    /// <inheritdoc/>
    internal override double Target(int dimension) => 0.8;

    /// <inheritdoc/>
    internal override double Move(TemperedDensity density, Population population, int index, double temperature, double scale, RandomKey key)
    {
        double[] from = population.Points[index], at = (double[])from.Clone(), momentum = new double[from.Length], gradient = new double[from.Length];
        double[] u = new double[1];
        key.Child("step").FillUniform(u);
        double step = scale * (0.8 + (0.4 * u[0])) / Math.Pow(from.Length, 0.25);
        int steps = (int)Math.Clamp(Math.Round(0.5 * Math.PI / step), 1, MaxSteps);
        key.Child("momentum").FillNormal(momentum);
        double kinetic = 0.5 * AscentPath.Dot(momentum, momentum);
        double[] deviations = Array.ConvertAll(population.Variances, Math.Sqrt);
        PointDensity there = density.At(at, temperature, gradient);
        for (int k = 0; k < steps; k++)
        {
            // In numbers of unit variance: p follows the gradient times the deviation, x the momentum times the deviation.
            for (int i = 0; i < at.Length; i++)
            {
                momentum[i] += 0.5 * step * deviations[i] * gradient[i];
                at[i] += step * deviations[i] * momentum[i];
            }
            there = density.At(at, temperature, gradient);
            if (!double.IsFinite(there.At(temperature)))
            {
                return 0;
            }
            for (int i = 0; i < at.Length; i++)
            {
                momentum[i] += 0.5 * step * deviations[i] * gradient[i];
            }
        }
        double ratio = there.At(temperature) - population.Densities[index].At(temperature) + kinetic - (0.5 * AscentPath.Dot(momentum, momentum));
        return Decide(population, index, at, there, ratio, key.Child("decision"));
    }
}
