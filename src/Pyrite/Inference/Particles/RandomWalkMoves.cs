using Pyrite.Inference.Approximations;
using Pyrite.Inference.Particles;

namespace Pyrite;

/// <summary>Metropolis steps with the covariance of the particles: for densities whose gradient is costly or none.</summary>
/// <remarks>Scaled to 2.38 / √d at first (Roberts, Gelman and Gilks, 1997), then to an acceptance of 0.44 for one number and 0.234 for
/// many.</remarks>
public sealed class RandomWalkMoves : ParticleMoves
{
    /// <inheritdoc/>
    internal override double Target(int dimension) => dimension == 1 ? 0.44 : 0.234;

    /// <inheritdoc/>
    internal override double Move(TemperedDensity density, Population population, int index, double temperature, double scale, RandomKey key)
    {
        double[] from = population.Points[index], proposal = new double[from.Length], normals = new double[from.Length];
        key.Child("direction").FillNormal(normals);
        double length = scale * 2.38 / Math.Sqrt(from.Length);
        for (int i = 0; i < proposal.Length; i++)
        {
            double step = population.Factor is { } factor
                ? AscentPath.Dot(factor.AsSpan(i * from.Length, i + 1), normals.AsSpan(0, i + 1))
                : Math.Sqrt(population.Variances[i]) * normals[i];
            proposal[i] = from[i] + (length * step);
        }
        PointDensity there = density.At(proposal);
        double ratio = there.At(temperature) - population.Densities[index].At(temperature);
        return Decide(population, index, proposal, there, ratio, key.Child("decision"));
    }
}
