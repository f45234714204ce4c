using Pyrite.Inference.Approximations;
using Pyrite.Inference.Particles;

namespace Pyrite;

/// <summary>Metropolis–Hastings proposals from the Normal distribution that fits the particles: for posteriors near to Normal, in few
/// dimensions.</summary>
public sealed class IndependentMoves : ParticleMoves
{
    /// <inheritdoc/>
    internal override double Target(int dimension) => 0;

    /// <inheritdoc/>
    internal override double Move(TemperedDensity density, Population population, int index, double temperature, double scale, RandomKey key)
    {
        double[] from = population.Points[index], proposal = new double[from.Length], normals = new double[from.Length];
        key.Child("direction").FillNormal(normals);
        for (int i = 0; i < proposal.Length; i++)
        {
            double step = population.Factor is { } factor
                ? AscentPath.Dot(factor.AsSpan(i * from.Length, i + 1), normals.AsSpan(0, i + 1))
                : Math.Sqrt(population.Variances[i]) * normals[i];
            proposal[i] = population.Mean[i] + step;
        }
        PointDensity there = density.At(proposal);
        double gain = there.At(temperature) - population.Densities[index].At(temperature);
        double ratio = gain + (0.5 * (AscentPath.Dot(normals, normals) - Squares(population, from)));
        return Decide(population, index, proposal, there, ratio, key.Child("decision"));
    }

    /// <summary>The squared distance of a point from the mean, in standard deviations.</summary>
    private static double Squares(Population population, double[] point)
    {
        double[] z = AscentPath.Difference(point, population.Mean);
        for (int i = 0; i < z.Length; i++)
        {
            z[i] = population.Factor is { } factor
                ? (z[i] - AscentPath.Dot(factor.AsSpan(i * z.Length, i), z.AsSpan(0, i))) / factor[(i * z.Length) + i]
                : z[i] / Math.Sqrt(population.Variances[i]);
        }
        return AscentPath.Dot(z, z);
    }
}
