using Pyrite.Inference.Agreement;
using Pyrite.Inference.Parameters;
using Pyrite.Inference.Prediction;
using Pyrite.Language;

namespace Pyrite;

/// <summary>Corrects a guide by weighting its draws with the model: how good the fit is, the evidence, and posterior averages.</summary>
/// <remarks>Weights are p(x, z) / q(z), smoothed as in Vehtari et al. (2024). <see cref="ParetoSmoothing.K"/> above its threshold says that the guide
/// misses too much of the posterior (Yao, Vehtari, Simpson and Gelman, "Yes, but did it work?", 2018).</remarks>
public sealed class ImportanceSampling
{
    private ImportanceSampling(Draws draws, double[] logRatios)
    {
        Draws = draws;
        LogRatios = logRatios;
        Smoothing = ParetoSmoothing.Of(logRatios);
        double largest = logRatios.Max(), sum = 0, squares = 0;
        foreach (double ratio in logRatios)
        {
            double weight = Math.Exp(ratio - largest);
            sum += weight;
            squares += weight * weight;
        }
        LogEvidence = largest + Math.Log(sum / logRatios.Length);
        EffectiveSize = sum * sum / squares;
    }

    /// <summary>The guide's draws of the latent sites, without weights.</summary>
    public Draws Draws { get; }

    /// <summary>log p(x, z) - log q(z) of each draw.</summary>
    public IReadOnlyList<double> LogRatios { get; }

    /// <summary>The smoothed weights, with Pareto k and their effective size.</summary>
    public ParetoSmoothing Smoothing { get; }

    /// <summary>The estimate of log p(x) from the raw weights.</summary>
    public double LogEvidence { get; }

    /// <summary>How many independent posterior draws the raw weights are worth: (Σ w)² / Σ w².</summary>
    public double EffectiveSize { get; }

    /// <summary>Draws from the guide and weighs each draw.</summary>
    /// <param name="model">The model with its data observed.</param>
    /// <param name="data">What model and guide take.</param>
    /// <param name="guide">The guide.</param>
    /// <param name="parameters">What was learnt.</param>
    /// <param name="draws">How many draws, at least 1; smoothing needs 21 or more.</param>
    /// <param name="seed">Decides the draws.</param>
    /// <exception cref="ModelException">Model or guide is wrong.</exception>
    public static ImportanceSampling Of<T>(Action<T> model, T data, Action<T> guide, ParamStore parameters, int draws, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(guide);
        SynchronousModel.Require(model);
        SynchronousModel.Require(guide);
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1);
        RandomKey root = RandomKey.FromSeed(seed).Child("importance");
        ParamStoreHandler store = new(parameters, 0);
        double[] ratios = new double[draws];
        Dictionary<string, PredictedSite> gathered = [];
        using NoGradient.Scope untracked = NoGradient.Begin();
        for (int draw = 0; draw < draws; draw++)
        {
            using StepScope scope = StepScope.Begin();
            RandomKey key = root.Child(draw);
            Trace guideTrace = TracedRun.Of("guide", guide, data, store, new SeedHandler(key.Child("guide"), key.Child("plates")));
            Trace modelTrace =
                TracedRun.Of("model", model, data, store, new SeedHandler(key.Child("model"), key.Child("plates")), new ReplayHandler(guideTrace));
            ModelGuidePair.Verify(modelTrace, guideTrace);
            guideTrace.ScoreAll("guide");
            modelTrace.ScoreAll("model");
            ratios[draw] = (modelTrace.LogProb(site => !site.IsFromPrior || site.IsObserved) - guideTrace.LogProb()).Item();
            foreach (SampleSite site in modelTrace.SampleSites.Where(site => !site.IsObserved))
            {
                PredictedSite.Gather(gathered, site, draws, draw);
            }
        }
        return new ImportanceSampling(new Draws(draws, gathered.Values.Select(site => site.Variable(draws))), ratios);
    }

    /// <summary>The posterior mean of a number, with the smoothed weights.</summary>
    /// <param name="scalarName">Its name, as in <see cref="Draws.Scalar"/>: <c>tau</c>, <c>theta[0]</c>.</param>
    /// <exception cref="KeyNotFoundException">There is no such number.</exception>
    public double Mean(string scalarName)
    {
        double[] values = Draws.Scalar(scalarName);
        double mean = 0;
        for (int i = 0; i < values.Length; i++)
        {
            mean += values[i] * Math.Exp(Smoothing.LogWeights[i]);
        }
        return mean;
    }
}
