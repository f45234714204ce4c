using Pyrite.Inference.Prediction;
using Pyrite.Language;

namespace Pyrite;

/// <summary>Draws from what a model says about data: from its prior, under a guide's fit, or under posterior draws.</summary>
/// <remarks>Every observed site is drawn anew, whatever <c>observed:</c> holds, unless observations are kept: forecasts go on from data. Latent sites
/// take the posterior's values, but those of a plate whose size is another now come from their prior, unless the guide looks at the data of each
/// entry: one written by hand that opens the same plates, or <see cref="AutoAmortizedNormal{T}"/>. What was learnt in batches of a plate serves all
/// of its entries. Discrete sites that were summed out have no draws: they are drawn together from their exact posterior, given the draw of the other
/// sites and what the model observes with these data, before observed sites are drawn anew; where it observes nothing, from their prior. Results
/// hold all random variables and deterministics, [draws, plates…, event…], with axes named after the plates. The same seed
/// gives the same draws.</remarks>
public static class Predictive
{
    /// <summary>Draws from the prior.</summary>
    /// <param name="model">The model.</param>
    /// <param name="data">What it takes.</param>
    /// <param name="draws">How many.</param>
    /// <param name="seed">Decides the draws.</param>
    /// <param name="keepObservations">Whether data stay as they are, for forecasts that go on from them; only what has no data is drawn.</param>
    /// <param name="group">Processes that share the draws: each makes a range of them with the keys that they have in one process, and all get all,
    /// the same bits. This process alone if not given.</param>
    /// <exception cref="ModelException">The model is wrong, or a site has another shape in every draw.</exception>
    public static Draws Draw<T>(Action<T> model, T data, int draws, ulong seed = 0, bool keepObservations = false, ProcessGroup? group = null) =>
        PredictiveRuns.Collect(model, data, new PriorValues(), draws, seed, keepObservations, group: group);

    /// <summary>Draws from the prior: what the model believes before it has seen data, the data it would make included.</summary>
    /// <param name="model">The model.</param>
    /// <param name="draws">How many.</param>
    /// <param name="seed">Decides the draws.</param>
    /// <exception cref="ModelException">The model is wrong, or a site has another shape in every draw.</exception>
    public static Draws Prior(Action model, int draws = 1_000, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(model);
        SynchronousModel.Require(model);
        return Draw(_ => model(), 0, draws, seed);
    }

    /// <summary>The log-density of the priors of a model under posterior draws, for <see cref="PowerScaling"/>.</summary>
    /// <param name="model">The model.</param>
    /// <param name="posterior">The posterior sample.</param>
    /// <returns>One number a draw for each latent site that was sampled; in hierarchies choose the sites at the top with
    /// <c>Select</c>.</returns>
    /// <exception cref="ModelException">The model is wrong, or another one.</exception>
    public static Draws LogPrior(Action model, McmcResult posterior)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(posterior);
        SynchronousModel.Require(model);
        using Precision.Scope precision = Precision.Use(DType.Float64);
        return PredictiveRuns.CollectPrior(_ => model(), 0, new DrawnValues(posterior.Draws, null), posterior.Draws);
    }

    /// <summary>Draws under the fit of a guide.</summary>
    /// <param name="model">The model.</param>
    /// <param name="data">What model and guide take.</param>
    /// <param name="guide">The guide, automatic or written by hand.</param>
    /// <param name="parameters">What was learnt.</param>
    /// <param name="draws">How many.</param>
    /// <param name="seed">Decides the draws.</param>
    /// <param name="keepObservations">Whether data stay as they are, for forecasts that go on from them; only what has no data is drawn.</param>
    /// <param name="group">Processes that share the draws: each makes a range of them with the keys that they have in one process, and all get all,
    /// the same bits. This process alone if not given.</param>
    /// <exception cref="ModelException">Model or guide is wrong, or a site has another shape in every draw.</exception>
    public static Draws Draw<T>(Action<T> model, T data, Action<T> guide, ParamStore parameters, int draws, ulong seed = 0,
        bool keepObservations = false, ProcessGroup? group = null)
    {
        ArgumentNullException.ThrowIfNull(guide);
        SynchronousModel.Require(guide);
        ArgumentNullException.ThrowIfNull(parameters);
        return PredictiveRuns.Collect(model, data, new GuideValues<T>(model, guide, data, parameters), draws, seed, keepObservations, group: group);
    }

    /// <summary>Draws under posterior draws, of MCMC for example: one prediction for each of them.</summary>
    /// <param name="model">The model.</param>
    /// <param name="data">What it takes.</param>
    /// <param name="posterior">Draws of the latent sites; other quantities in it do not matter.</param>
    /// <param name="seed">Decides the draws of everything else.</param>
    /// <param name="parameters">What was learnt of the model itself; null for a model without parameters.</param>
    /// <param name="keepObservations">Whether data stay as they are, for forecasts that go on from them; only what has no data is drawn.</param>
    /// <param name="group">Processes that share the draws: each makes a range of them with the keys that they have in one process, and all get all,
    /// the same bits. This process alone if not given.</param>
    /// <returns>As many draws as the posterior has, in chains where it has them.</returns>
    /// <exception cref="ModelException">The model is wrong, or a latent site has another event shape than its draws.</exception>
    public static Draws Draw<T>(Action<T> model, T data, Draws posterior, ulong seed = 0, ParamStore? parameters = null,
        bool keepObservations = false, ProcessGroup? group = null)
    {
        ArgumentNullException.ThrowIfNull(posterior);
        return PredictiveRuns.Collect(model, data, new DrawnValues(posterior, parameters), posterior.Count, seed, keepObservations, posterior, group);
    }

    /// <summary>Draws under a posterior sample of MCMC, in Float64 as it was made: one prediction for each draw.</summary>
    /// <param name="model">The model.</param>
    /// <param name="posterior">The posterior sample.</param>
    /// <param name="seed">Decides the draws of everything else.</param>
    /// <param name="keepObservations">Whether data stay as they are, for forecasts that go on from them; only what has no data is drawn.</param>
    /// <param name="group">Processes that share the draws: each makes a range of them with the keys that they have in one process, and all get all,
    /// the same bits. This process alone if not given.</param>
    /// <returns>[chains, draws, plates…, event…].</returns>
    /// <exception cref="ModelException">The model is wrong, or a latent site has another event shape than its draws.</exception>
    public static Draws Draw(Action model, McmcResult posterior, ulong seed = 0, bool keepObservations = false, ProcessGroup? group = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        SynchronousModel.Require(model);
        return Draw(_ => model(), 0, posterior, seed, keepObservations, group);
    }

    /// <inheritdoc cref="Draw(Action, McmcResult, ulong, bool, ProcessGroup?)" path="*[not(self::param)]"/>
    /// <param name="model">The model.</param>
    /// <param name="data">What it takes; new rows may be more or fewer than those of the fit.</param>
    /// <param name="posterior">The posterior sample.</param>
    /// <param name="seed">Decides the draws of everything else.</param>
    /// <param name="keepObservations">Whether data stay as they are, for forecasts that go on from them; only what has no data is drawn.</param>
    /// <param name="group">Processes that share the draws: each makes a range of them with the keys that they have in one process, and all get all,
    /// the same bits. This process alone if not given.</param>
    public static Draws Draw<T>(Action<T> model, T data, McmcResult posterior, ulong seed = 0, bool keepObservations = false,
        ProcessGroup? group = null)
    {
        ArgumentNullException.ThrowIfNull(posterior);
        using Precision.Scope precision = Precision.Use(DType.Float64);
        return Draw(model, data, posterior.Draws, seed, keepObservations: keepObservations, group: group);
    }

    /// <summary>The log-density of each observation under the fit of a guide, for <see cref="PredictiveAccuracy"/>.</summary>
    /// <param name="model">The model with its data observed.</param>
    /// <param name="data">What model and guide take.</param>
    /// <param name="guide">The guide.</param>
    /// <param name="parameters">What was learnt.</param>
    /// <param name="draws">How many draws of the guide.</param>
    /// <param name="seed">Decides the draws.</param>
    /// <returns>One variable an observed site: [draws, plates…]; where a mask of any kind hides entries, [draws, entries that count], named by their
    /// places in the data. Scales of subsampled plates are left out. Discrete sites that the draws do not have are summed out: then it is the
    /// log-density of an observation given all others, log p(y_i | y_-i), which is log p(y_i) where rows are independent.</returns>
    /// <exception cref="ModelException">Model or guide is wrong.</exception>
    public static Draws LogLikelihood<T>(Action<T> model, T data, Action<T> guide, ParamStore parameters, int draws, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(guide);
        SynchronousModel.Require(guide);
        ArgumentNullException.ThrowIfNull(parameters);
        return PredictiveRuns.CollectLikelihood(model, data, new GuideValues<T>(model, guide, data, parameters), draws, seed);
    }

    /// <summary>The log-density of each observation under posterior draws, for <see cref="PredictiveAccuracy"/>.</summary>
    /// <inheritdoc cref="LogLikelihood{T}(Action{T}, T, Action{T}, ParamStore, int, ulong)" path="*[not(self::param)]"/>
    /// <param name="model">The model with its data observed.</param>
    /// <param name="data">What it takes.</param>
    /// <param name="posterior">Draws of the latent sites.</param>
    /// <param name="parameters">What was learnt of the model itself; null for a model without parameters.</param>
    public static Draws LogLikelihood<T>(Action<T> model, T data, Draws posterior, ParamStore? parameters = null)
    {
        ArgumentNullException.ThrowIfNull(posterior);
        return PredictiveRuns.CollectLikelihood(model, data, new DrawnValues(posterior, parameters), posterior.Count, 0, posterior);
    }
    /// <summary>The log-density of each observation under a posterior sample of MCMC, for <see cref="PredictiveAccuracy"/>.</summary>
    /// <param name="model">The model with its data observed.</param>
    /// <param name="posterior">The posterior sample.</param>
    /// <returns>One variable an observed site: [chains, draws, plates…]; where a mask of any kind hides entries, [chains, draws, entries that count],
    /// named by their places in the data. Discrete sites that were summed out are summed out here, too: it is log p(y_i | y_-i), the log-density of
    /// an observation given all others, which is log p(y_i) where rows are independent.</returns>
    /// <exception cref="ModelException">The model is wrong, or observes nothing.</exception>
    public static Draws LogLikelihood(Action model, McmcResult posterior)
    {
        ArgumentNullException.ThrowIfNull(model);
        SynchronousModel.Require(model);
        return LogLikelihood(_ => model(), 0, posterior);
    }

    /// <inheritdoc cref="LogLikelihood(Action, McmcResult)" path="*[not(self::param)]"/>
    /// <param name="model">The model with its data observed.</param>
    /// <param name="data">What it takes.</param>
    /// <param name="posterior">The posterior sample.</param>
    public static Draws LogLikelihood<T>(Action<T> model, T data, McmcResult posterior)
    {
        ArgumentNullException.ThrowIfNull(posterior);
        using Precision.Scope precision = Precision.Use(DType.Float64);
        return LogLikelihood(model, data, posterior.Draws);
    }
}
