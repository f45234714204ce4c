using Pyrite.Inference.Parameters;
using Pyrite.Inference.Potentials;
using Pyrite.Language;


namespace Pyrite;

/// <summary>Where chains begin.</summary>
public sealed class InitialValues
{
    private const int Tries = 100;

    private readonly Func<Potential, int, RandomKey, double[]> choose;

    private InitialValues(Func<Potential, int, RandomKey, double[]> choose, IReadOnlyDictionary<string, Tensor>? given = null)
    {
        this.choose = choose;
        Given = given;
    }

    /// <summary>Uniform draws from -2 to 2 of the unconstrained numbers, as Stan; up to 100 tries for a finite density.</summary>
    public static InitialValues Uniform { get; } = new((potential, _, key) => StartingPoint.Find(potential, key));

    /// <summary>Draws from the priors; up to 100 tries for a finite density.</summary>
    public static InitialValues Prior { get; } = new((potential, _, key) => First(potential, key, potential.Prior, "draws from the priors"));

    /// <summary>Given values: one set for all chains, or one for each.</summary>
    /// <param name="values">The value of every latent site, inside its support.</param>
    public static InitialValues Of(params IReadOnlyDictionary<string, Tensor>[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfZero(values.Length, nameof(values));
        return new((potential, chain, _) => PointOf(potential, values[Math.Min(chain, values.Length - 1)]), values[0]);
    }

    /// <summary>Given values around which every chain begins at a place of its own.</summary>
    /// <param name="values">The value of every latent site, inside its support.</param>
    /// <param name="jitter">The standard deviation of the unconstrained numbers around them.</param>
    public static InitialValues Near(IReadOnlyDictionary<string, Tensor> values, double jitter = 0.1)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new((potential, _, key) =>
        {
            double[] point = PointOf(potential, values), noise = new double[point.Length];
            key.FillNormal(noise);
            for (int i = 0; i < point.Length; i++)
            {
                point[i] += jitter * noise[i];
            }
            return point;
        }, values);
    }

    /// <summary>Draws from a fitted guide, another one for each chain; up to 100 tries for a finite density.</summary>
    /// <param name="guide">The guide, automatic or written by hand: it draws every latent site of the model.</param>
    /// <param name="data">What the guide takes.</param>
    /// <param name="parameters">Its fit.</param>
    public static InitialValues FromGuide<T>(Action<T> guide, T data, ParamStore parameters)
    {
        ArgumentNullException.ThrowIfNull(guide);
        ArgumentNullException.ThrowIfNull(parameters);
        SynchronousModel.Require(guide);
        Lock oneByOne = new();
        return new((potential, _, key) => First(potential, key, attempt => potential.Unconstrain(Draw(attempt)), "draws from the guide"));

        Dictionary<string, Tensor> Draw(RandomKey key)
        {
            lock (oneByOne)
            {
                using NoGradient.Scope untracked = NoGradient.Begin();
                Trace run =
                    TracedRun.Of("guide", guide, data, new ParamStoreHandler(parameters, 0),
                        new SeedHandler(key.Child("guide"), key.Child("plates")));
                return run.SampleSites.Where(site => !site.IsAuxiliary).ToDictionary(site => site.Name, site => site.Value);
            }
        }
    }

    /// <summary>Given unconstrained points, another one for each chain as long as they last.</summary>
    internal static InitialValues AtPoints(IEnumerable<double[]> points)
    {
        double[][] all = [.. points.Distinct()];
        return new((potential, chain, _) =>
        {
            double[] point = all[chain % all.Length];
            return point.Length == potential.Dimension
                ? (double[])point.Clone()
                : throw new ArgumentException($"The starts are points of {point.Length} unconstrained numbers; this model has {potential.Dimension}. "
                    + "Take starts from the same model with the same data.");
        });
    }

    /// <summary>Values at which the model is known to work; null where there are none.</summary>
    internal IReadOnlyDictionary<string, Tensor>? Given { get; }

    /// <summary>The first point of a chain.</summary>
    internal double[] Choose(Potential potential, int chain, RandomKey key) => choose(potential, chain, key);

    /// <summary>The point of given values; a model that fails there fails at the start that was given.</summary>
    private static double[] PointOf(Potential potential, IReadOnlyDictionary<string, Tensor> values)
    {
        try
        {
            return potential.Unconstrain(values);
        }
        catch (ModelException failure) when (failure.Kind == ModelError.ModelFailed)
        {
            throw new ModelException(ModelError.ModelFailed, null,
                $"MCMC cannot start: the start that was given has no finite log-density. {failure.Message}", failure.InnerException);
        }
    }

    /// <summary>The first of 100 draws at which density and gradient are finite.</summary>
    /// <exception cref="ModelException">There is none.</exception>
    private static double[] First(Potential potential, RandomKey key, Func<RandomKey, double[]> draw, string which)
    {
        double[] point = new double[potential.Dimension], gradient = new double[potential.Dimension];
        for (int attempt = 0; attempt < Tries; attempt++)
        {
            try
            {
                point = draw(key.Child(attempt));
            }
            catch (ModelException refusal) when (refusal.Kind is ModelError.OutsideSupport or ModelError.ModelFailed)
            {
                // The model cannot be computed there, or rounding has put the draw on the edge of its support.
                continue;
            }
            if (StartingPoint.IsFinite(potential, point, gradient))
            {
                return point;
            }
        }
        throw StartingPoint.Refusal(potential, point, $"none of {Tries} {which} has a");
    }
}
