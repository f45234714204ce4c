using Pyrite.HiddenStates;

namespace Pyrite;

/// <summary>Hidden Markov models whose observations are Gaussian: numbers, or vectors of which parts may be missing. <c>GaussianHmm.Of(…)</c> stands
/// for <c>new GaussianHmm(…)</c>; what it makes is an <see cref="Hmm"/>.</summary>
public static class GaussianHmm
{
    /// <summary>A model of single numbers.</summary>
    /// <param name="startLogits">Log-weights of the first state, [.., K].</param>
    /// <param name="transitionLogits">Log-weights of the next state, [K, K], [.., 1, K, K] or [.., n, K, K] with a matrix for each move.</param>
    /// <param name="loc">The mean in each state, [K], or [.., T, K].</param>
    /// <param name="scale">The standard deviation in each state, [K], or [.., T, K]; positive.</param>
    /// <param name="steps">T, the number of observations.</param>
    /// <param name="start">Where the chain begins.</param>
    /// <param name="present">Which observations count, Bool [.., T]; all if not given.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">Shapes do not fit, or a scale is not positive.</exception>
    public static Hmm Of(Tensor startLogits, Tensor transitionLogits, Tensor loc, Tensor scale, int steps,
        HmmStart start = HmmStart.AtFirstObservation,
        Tensor? present = null, bool validate = true) =>
        new(startLogits, transitionLogits, new Normal(loc, scale, validate), steps, start, present, validate);

    /// <summary>A model of vectors.</summary>
    /// <param name="startLogits">Log-weights of the first state, [.., K].</param>
    /// <param name="transitionLogits">Log-weights of the next state, [K, K], [.., 1, K, K] or [.., n, K, K] with a matrix for each move.</param>
    /// <param name="loc">The mean in each state, [K, D], or [.., T, K, D].</param>
    /// <param name="covariance">The covariance in each state, [K, D, D], or [.., T, K, D, D]; positive definite.</param>
    /// <param name="steps">T, the number of observations.</param>
    /// <param name="start">Where the chain begins.</param>
    /// <param name="present">Which components of the observations count, Bool [T, D]; all if not given. What is missing of an observation is
    /// integrated
    /// out, and the value there may be anything.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <remarks>Draws have all components.</remarks>
    /// <exception cref="ArgumentException">Shapes do not fit, or a covariance is not positive definite.</exception>
    public static Hmm OfVectors(Tensor startLogits, Tensor transitionLogits, Tensor loc, Tensor covariance, int steps,
        HmmStart start = HmmStart.AtFirstObservation, Tensor? present = null, bool validate = true)
    {
        ArgumentNullException.ThrowIfNull(loc);
        ArgumentNullException.ThrowIfNull(covariance);
        Distribution emissions = present is null ? new MultivariateNormal(loc, covarianceMatrix: covariance, validate: validate)
            : new PartlySeenNormal(loc, covariance, present, steps, validate);
        return new Hmm(startLogits, transitionLogits, emissions, steps, start, validate: validate);
    }
}
