using Pyrite.Inference.Approximations;
using Pyrite.Inference.Diagnostics.Statistics;

namespace Pyrite;

/// <summary>Pathfinder: draws from Normal approximations along quasi-Newton paths, weighed by the model.</summary>
/// <remarks>Zhang, Carpenter, Gelman and Vehtari, "Pathfinder: parallel quasi-Newton variational inference", JMLR 23 (2022). Several paths are
/// joined by
/// Pareto-smoothed importance resampling; <see cref="PathfinderResult.ParetoK"/> says whether the draws can be trusted as those of the posterior.
/// Where
/// they cannot, they are still good starts of <see cref="Mcmc"/>.</remarks>
public static class Pathfinder
{
    /// <summary>Runs paths on a model.</summary>
    /// <param name="model">The model: a pure function of its latent sites; discrete ones are summed out.</param>
    /// <param name="paths">How many paths, run side by side.</param>
    /// <param name="draws">How many draws the result has.</param>
    /// <param name="seed">Decides all randomness: the same seed gives the same bits at any number of threads.</param>
    /// <param name="history">How many steps the approximation of the curvature remembers.</param>
    /// <param name="maxIterations">The most steps of a path.</param>
    /// <param name="elboDraws">Draws for the ELBO of each step.</param>
    /// <param name="start">Where paths begin; uniform from -2 to 2 if not given.</param>
    /// <exception cref="ModelException">The model is wrong.</exception>
    /// <exception cref="InvalidOperationException">All paths failed; the message says why each did.</exception>
    public static PathfinderResult Run(Action model, int paths = 4, int draws = 1_000, ulong seed = 0, int history = 5, int maxIterations = 1_000,
        int elboDraws = 25, InitialValues? start = null)
    {
        InitialValues first = start ?? InitialValues.Uniform;
        return Run(Potential.Of(model, seed, first), paths, draws, seed, history, maxIterations, elboDraws, first);
    }

    /// <summary>Runs paths on a potential.</summary>
    /// <param name="potential">The log-density.</param>
    /// <param name="paths">How many paths, run side by side.</param>
    /// <param name="draws">How many draws the result has.</param>
    /// <param name="seed">Decides all randomness.</param>
    /// <param name="history">How many steps the approximation of the curvature remembers.</param>
    /// <param name="maxIterations">The most steps of a path.</param>
    /// <param name="elboDraws">Draws for the ELBO of each step.</param>
    /// <param name="start">Where paths begin; uniform from -2 to 2 if not given.</param>
    /// <exception cref="InvalidOperationException">All paths failed; the message says why each did.</exception>
    public static PathfinderResult Run(Potential potential, int paths = 4, int draws = 1_000, ulong seed = 0, int history = 5,
        int maxIterations = 1_000, int elboDraws = 25, InitialValues? start = null)
    {
        ArgumentNullException.ThrowIfNull(potential);
        ArgumentOutOfRangeException.ThrowIfLessThan(paths, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(history, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxIterations, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(elboDraws, 1);
        RandomKey key = RandomKey.FromSeed(seed).Child("pathfinder");
        InitialValues first = start ?? InitialValues.Uniform;
        PathfinderSettings settings = new(history, maxIterations, elboDraws, draws);
        Potential[] forks = [.. Enumerable.Range(0, paths).Select(_ => potential.Fork())];
        PathRun[] runs = new PathRun[paths];
        Workers.For(paths, path =>
        {
            RandomKey own = key.Child(path);
            runs[path] = PathRun.Of(forks[path], () => first.Choose(forks[path], path, own.Child("start")), own, settings);
        });
        double[][] points = [.. runs.SelectMany(run => run.Draws)];
        if (points.Length == 0)
        {
            throw new InvalidOperationException($"All {paths} paths of Pathfinder failed:\n"
                + string.Join("\n", runs.Select((run, i) => $"path {i}: {run.Report.Message}"))
                + "\nGive starts inside the supports (start:), tighter priors, or use Mcmc.Run.");
        }
        double[] logRatios = [.. runs.SelectMany(run => run.LogRatios).Select(ratio => double.IsNaN(ratio) ? double.NegativeInfinity : ratio)];
        ParetoSmoothing smoothing = ParetoSmoothing.Of(logRatios);
        if (smoothing.Problem is { } problem)
        {
            throw new InvalidOperationException($"The draws of Pathfinder cannot be weighed: {problem}");
        }
        int[] chosen = ParticleResampling.Multinomial([.. smoothing.LogWeights], draws, key.Child("resample"));
        double logEvidence = SampleMoments.LogSumExp(logRatios) - Math.Log(logRatios.Length);
        return new PathfinderResult(potential, [.. chosen.Select(one => points[one])], smoothing, logEvidence,
            [.. runs.Select(run => run.Report)]);
    }
}
