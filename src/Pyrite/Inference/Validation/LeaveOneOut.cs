using Pyrite.Inference.Validation;
using Pyrite.Language;

namespace Pyrite;

/// <summary>Better values for the observations whose Pareto k says that leave-one-out by importance sampling cannot be trusted.</summary>
public static class LeaveOneOut
{
    extension(PredictiveAccuracy loo)
    {
        /// <summary>Fits the model once more without each bad observation and takes what that fit says of it.</summary>
        /// <param name="model">The model with all its data.</param>
        /// <param name="name">The site whose observations the accuracy is of.</param>
        /// <param name="fit">Makes the fit of a model, <c>model => Mcmc.Run(model, seed: 1)</c>; that of <c>Mcmc.Run</c> if not given.</param>
        /// <param name="threshold">The largest Pareto k that is good; that of the number of draws (<see cref="ParetoSmoothing.Threshold"/>) if not
        /// given.</param>
        /// <returns>The same accuracy with exact values there, and Pareto k 0; its text says which they are. This one where none is bad.</returns>
        /// <remarks>As <c>reloo</c> of R's loo. <c>loo.MatchMoments</c> first, which is much cheaper, leaves fewer of them.</remarks>
        /// <exception cref="ArgumentException">The accuracy is not of leave-one-out by importance sampling.</exception>
        /// <exception cref="ModelException">The model is wrong, or has no such site, or the site has another number of observations.</exception>
        /// <exception cref="OperationCanceledException">A fit was cancelled.</exception>
        public PredictiveAccuracy Refit(Action model, string name, Func<Action, McmcResult>? fit = null, double? threshold = null)
        {
            SynchronousModel.Require(model);
            int[] bad = Bad(loo, threshold);
            PartedModel parted = PartedModel.Of(model, name, loo.Pointwise.Count);
            Dictionary<int, double> exact = bad.ToDictionary(one => one, one => parted.Elpd([one], fit ?? (left => Mcmc.Run(left)))[0]);
            return bad.Length == 0 ? loo : loo.WithRefits(exact, parted.FitAdvice);
        }

        /// <summary>Moves the posterior draws to where the posterior without a bad observation has its mass, so that importance sampling works
        /// there.</summary>
        /// <param name="model">The model with all its data.</param>
        /// <param name="posterior">The posterior sample that the accuracy was computed from.</param>
        /// <param name="name">The site whose observations the accuracy is of.</param>
        /// <param name="threshold">The largest Pareto k that is good; that of the number of draws (<see cref="ParetoSmoothing.Threshold"/>) if not
        /// given.</param>
        /// <returns>The same accuracy with better values where the draws could be moved, and their new Pareto k; its text says which they
        /// are.</returns>
        /// <remarks>In the unconstrained numbers, draws are shifted to the weighted mean, then scaled to the weighted variances, then mapped to the
        /// weighted covariance, each as long as Pareto k becomes smaller; half of the draws are moved and half are not, and weights are those of the
        /// mixture of both. Paananen, Piironen, Bürkner and Vehtari, "Implicitly adaptive importance sampling" (2021). Where k stays large, take
        /// <c>loo.Refit</c>. Costs a recording of the density and some passes over the draws for each bad observation.</remarks>
        /// <exception cref="ArgumentException">The accuracy is not of leave-one-out by importance sampling, or of other draws.</exception>
        /// <exception cref="ModelException">The model is wrong, or has no such site, or the site has another number of observations; or latents are
        /// angles or directions, whose draws do not say where the sampler stood.</exception>
        public PredictiveAccuracy MatchMoments(Action model, McmcResult posterior, string name, double? threshold = null)
        {
            SynchronousModel.Require(model);
            ArgumentNullException.ThrowIfNull(posterior);
            ArgumentNullException.ThrowIfNull(model);
            ArgumentException.ThrowIfNullOrEmpty(name);
            int[] bad = Bad(loo, threshold);
            if (posterior.Draws.Count != loo.Draws)
            {
                throw new ArgumentException(
                    $"The accuracy is of {loo.Draws} draws, the posterior has {posterior.Draws.Count}. Give the posterior that the accuracy was "
                        + "computed from.", nameof(posterior));
            }
            if (bad.Length == 0)
            {
                return loo;
            }
            MomentMatching matching = MomentMatching.Of(model, posterior, threshold ?? ParetoSmoothing.Threshold(loo.Draws));
            Dictionary<int, double> values = [], shapes = [];
            foreach (int one in bad)
            {
                (double elpd, double k) = matching.Run(new HeldOut(name, [one], loo.Pointwise.Count));
                if (k < loo.ParetoK![one] && double.IsFinite(elpd))
                {
                    (values[one], shapes[one]) = (elpd, k);
                }
            }
            return loo.WithMatched(values, shapes);
        }
    }

    private static int[] Bad(PredictiveAccuracy loo, double? threshold)
    {
        ArgumentNullException.ThrowIfNull(loo);
        double largest = threshold ?? ParetoSmoothing.Threshold(loo.Draws);
        return loo.ParetoK is { } shapes
            ? [.. Enumerable.Range(0, shapes.Count).Where(one => !(shapes[one] <= largest) || !double.IsFinite(loo.Pointwise[one]))]
            : throw new ArgumentException(
                $"Accuracy by {loo.Method} has no Pareto k, so no observation is known to be bad. Start from PredictiveAccuracy.Loo.", nameof(loo));
    }
}
