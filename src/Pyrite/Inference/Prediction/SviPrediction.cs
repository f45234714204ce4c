using Pyrite.Inference.Parameters;
using Pyrite.Inference.Prediction;


namespace Pyrite;

/// <summary>What a fit says about data.</summary>
public sealed partial class Svi<T>
{
    /// <summary>Draws every site of the model under the fit, observed ones anew, whatever <c>observed:</c> holds; see
    /// <see cref="Predictive"/>.</summary>
    /// <param name="data">What model and guide take; new rows may be more or fewer than those of the fit.</param>
    /// <param name="draws">How many.</param>
    /// <param name="seed">Decides the draws; the inference's own seed if not given, so that repeated calls give the same.</param>
    /// <param name="keepObservations">Whether data stay as they are, for forecasts that go on from them; only what has no data is drawn.</param>
    /// <param name="group">Processes that share the draws: each makes a range of them with the keys that they have in one process, and all get all,
    /// the same bits. This process alone if not given.</param>
    /// <returns>All random variables and deterministics, [draws, plates…, event…].</returns>
    /// <exception cref="ModelException">Model or guide is wrong for these data.</exception>
    /// <exception cref="InvalidOperationException">Another thread is using this inference, or its own model is being run.</exception>
    public Draws Predict(T data, int draws, ulong? seed = null, bool keepObservations = false, ProcessGroup? group = null)
    {
        TakeUp(data);
        using ThreadClaim.Scope own = claim.Enter(nameof(Predict), runsModel: true);
        return Predictive.Draw(runs.Model, data, runs.Guide, Parameters, draws, seed ?? Seed, keepObservations, group);
    }

    /// <summary>The posterior of the discrete sites that the model has and the guide has not, over draws of the guide.</summary>
    /// <param name="data">What model and guide take: the data of the fit, or others.</param>
    /// <param name="draws">How many draws of the guide; 1 is enough where the guide draws nothing.</param>
    /// <param name="seed">Decides the draws; the inference's own seed if not given.</param>
    /// <returns>Marginals averaged over the draws, and the exact posterior given each, as one chain. Discrete sites of the guide have its draws.
    /// </returns>
    /// <exception cref="ModelException">Model or guide is wrong for these data; thrown when an answer is asked for, too.</exception>
    /// <exception cref="InvalidOperationException">Another thread is using this inference, or its own model is being run.</exception>
    public DiscreteDraws InferDiscrete(T data, int draws = 100, ulong? seed = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1);
        TakeUp(data);
        GuideValues<T> values = new(runs.Model, runs.Guide, data, Parameters);
        RandomKey root = RandomKey.FromSeed(seed ?? Seed).Child("discrete");
        return new DiscreteDraws(1, draws, (_, draw) =>
        {
            using ThreadClaim.Scope own = claim.Enter(nameof(InferDiscrete), runsModel: true);
            return ConditionalValues<T>.Posterior(runs.Model, data, values, draw, root.Child(draw));
        });
    }

    /// <summary>The log-density of each observation under draws of the fit, for <see cref="PredictiveAccuracy"/>.</summary>
    /// <param name="data">What model and guide take.</param>
    /// <param name="draws">How many draws of the guide.</param>
    /// <param name="seed">Decides the draws; the inference's own seed if not given.</param>
    /// <returns>One variable an observed site, [draws, plates…].</returns>
    /// <exception cref="ModelException">Model or guide is wrong for these data.</exception>
    /// <exception cref="InvalidOperationException">Another thread is using this inference, or its own model is being run.</exception>
    public Draws LogLikelihood(T data, int draws, ulong? seed = null)
    {
        TakeUp(data);
        using ThreadClaim.Scope own = claim.Enter(nameof(LogLikelihood), runsModel: true);
        return Predictive.LogLikelihood(runs.Model, data, runs.Guide, Parameters, draws, seed ?? Seed);
    }
}
