using Pyrite.Inference.Mcmc;

namespace Pyrite;

/// <summary>Where chains begin.</summary>
public sealed class InitialValues
{
    private readonly Func<Potential, int, RandomKey, double[]> choose;

    private InitialValues(Func<Potential, int, RandomKey, double[]> choose) => this.choose = choose;

    /// <summary>Uniform draws from -2 to 2 of the unconstrained numbers, as Stan; up to 100 tries for a finite density.</summary>
    public static InitialValues Uniform { get; } = new((potential, _, key) => StartingPoint.Find(potential, key));

    /// <summary>Draws from the priors; up to 100 tries for a finite density.</summary>
    public static InitialValues Prior { get; } = new((potential, _, key) => FromPrior(potential, key));

    /// <summary>Given values: one set for all chains, or one for each.</summary>
    /// <param name="values">The value of every latent site, inside its support.</param>
    public static InitialValues Of(params IReadOnlyDictionary<string, Tensor>[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfZero(values.Length, nameof(values));
        return new((potential, chain, _) => potential.Unconstrain(values[Math.Min(chain, values.Length - 1)]));
    }

    /// <summary>Given values around which every chain begins at a place of its own.</summary>
    /// <param name="values">The value of every latent site, inside its support.</param>
    /// <param name="jitter">The standard deviation of the unconstrained numbers around them.</param>
    public static InitialValues Near(IReadOnlyDictionary<string, Tensor> values, double jitter = 0.1)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new((potential, _, key) =>
        {
            double[] point = potential.Unconstrain(values), noise = new double[point.Length];
            key.FillNormal(noise);
            for (int i = 0; i < point.Length; i++)
            {
                point[i] += jitter * noise[i];
            }
            return point;
        });
    }

    /// <summary>The first point of a chain.</summary>
    internal double[] Choose(Potential potential, int chain, RandomKey key) => choose(potential, chain, key);

    private static double[] FromPrior(Potential potential, RandomKey key)
    {
        const int Tries = 100;
        double[] point = [], gradient = new double[potential.Dimension];
        for (int attempt = 0; attempt < Tries; attempt++)
        {
            point = potential.Prior(key.Child(attempt));
            if (StartingPoint.IsFinite(potential, point, gradient))
            {
                return point;
            }
        }
        throw StartingPoint.Refusal(potential, point, $"none of {Tries} draws from the priors");
    }
}
