namespace Pyrite;

/// <summary>What a fit says about data.</summary>
public sealed partial class Svi<T>
{
    /// <summary>Draws every site of the model under the fit, observed ones anew, whatever <c>observed:</c> holds; see <see cref="Predictive"/>.</summary>
    /// <param name="data">What model and guide take; new rows may be more or fewer than those of the fit.</param>
    /// <param name="draws">How many.</param>
    /// <returns>All random variables and deterministics, [draws, plates…, event…].</returns>
    /// <exception cref="ModelException">Model or guide is wrong for these data.</exception>
    public Draws Predict(T data, int draws) => Predictive.Draw(runs.Model, data, runs.Guide, Parameters, draws, Seed);

    /// <summary>The log-density of each observation under draws of the fit, for <see cref="PredictiveAccuracy"/>.</summary>
    /// <param name="data">What model and guide take.</param>
    /// <param name="draws">How many draws of the guide.</param>
    /// <returns>One variable an observed site, [draws, plates…].</returns>
    /// <exception cref="ModelException">Model or guide is wrong for these data.</exception>
    public Draws LogLikelihood(T data, int draws) => Predictive.LogLikelihood(runs.Model, data, runs.Guide, Parameters, draws, Seed);
}
