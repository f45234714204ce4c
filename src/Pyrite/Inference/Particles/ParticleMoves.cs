using Pyrite.Inference.Particles;

namespace Pyrite;

/// <summary>How the particles of <see cref="Smc"/> move at one temperature; each kind leaves the tempered posterior as it is.</summary>
public abstract class ParticleMoves
{
    private protected ParticleMoves()
    {
    }

    /// <summary>The share of accepted moves that the scale is adapted to; 0 for moves without a scale.</summary>
    internal abstract double Target(int dimension);

    /// <summary>Moves one particle.</summary>
    /// <param name="density">What is sampled.</param>
    /// <param name="population">The particles.</param>
    /// <param name="index">Which one.</param>
    /// <param name="temperature">The power of the likelihood.</param>
    /// <param name="scale">The scale of moves, adapted from sweep to sweep; 1 at first.</param>
    /// <param name="key">Decides the move.</param>
    /// <returns>The probability of acceptance.</returns>
    internal abstract double Move(TemperedDensity density, Population population, int index, double temperature, double scale, RandomKey key);

    /// <summary>Takes a proposal or leaves it.</summary>
    private protected static double Decide(Population population, int index, double[] proposal, PointDensity there, double logRatio, RandomKey key)
    {
        double acceptance = double.IsNaN(logRatio) ? 0 : Math.Exp(Math.Min(logRatio, 0));
        double[] u = new double[1];
        key.FillUniform(u);
        if (u[0] < acceptance)
        {
            (population.Points[index], population.Densities[index]) = (proposal, there);
        }
        return acceptance;
    }
}
