using Pyrite.Ops.Elementwise;

namespace Pyrite;

/// <summary>Log-probabilities of outcomes from log-odds, in one pass.</summary>
public static class OutcomeScores
{
    extension(Tensor outcomes)
    {
        /// <summary>x · l - softplus(l), the log-probability of outcomes x in [0, 1] under log-odds l; minus infinity for other x.</summary>
        /// <param name="logits">The log-odds; broadcast.</param>
        /// <param name="probs">sigmoid(l) where it is there already, which saves the gradient an exponential; null else.</param>
        public Tensor BernoulliLogProb(Tensor logits, Tensor? probs = null) => BernoulliLogitsOperation.Of(outcomes, logits, probs);
    }
}
