using Pyrite.Inference.Parameters;


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
    /// <returns>All random variables and deterministics, [draws, plates…, event…].</returns>
    /// <exception cref="ModelException">Model or guide is wrong for these data.</exception>
    /// <exception cref="InvalidOperationException">Another thread is using this inference, or its own model is being run.</exception>
    public Draws Predict(T data, int draws, ulong? seed = null, bool keepObservations = false)
    {
        using ThreadClaim.Scope own = claim.Enter(nameof(Predict), runsModel: true);
        return Predictive.Draw(runs.Model, data, runs.Guide, Parameters, draws, seed ?? Seed, keepObservations);
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
        using ThreadClaim.Scope own = claim.Enter(nameof(LogLikelihood), runsModel: true);
        return Predictive.LogLikelihood(runs.Model, data, runs.Guide, Parameters, draws, seed ?? Seed);
    }
}
