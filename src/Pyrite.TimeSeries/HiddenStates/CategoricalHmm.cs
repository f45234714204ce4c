namespace Pyrite;

/// <summary>Hidden Markov models whose observations are symbols. <c>CategoricalHmm.Of(…)</c> stands for <c>new CategoricalHmm(…)</c>; what it makes
/// is an <see cref="Hmm"/>.</summary>
public static class CategoricalHmm
{
    /// <summary>A model of symbols 0, 1, ….</summary>
    /// <param name="startLogits">Log-weights of the first state, [.., K].</param>
    /// <param name="transitionLogits">Log-weights of the next state, [K, K], [.., 1, K, K] or [.., n, K, K] with a matrix for each move.</param>
    /// <param name="emissionLogits">Log-weights of the symbols in each state, [K, symbols], or [.., T, K, symbols].</param>
    /// <param name="steps">T, the number of observations.</param>
    /// <param name="start">Where the chain begins.</param>
    /// <param name="present">Which observations count, Bool [.., T]; all if not given.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">Shapes do not fit.</exception>
    public static Hmm Of(Tensor startLogits, Tensor transitionLogits, Tensor emissionLogits, int steps, HmmStart start = HmmStart.AtFirstObservation,
        Tensor? present = null, bool validate = true) =>
        new(startLogits, transitionLogits, new Categorical(logits: emissionLogits, validate: validate), steps, start, present, validate);
}
