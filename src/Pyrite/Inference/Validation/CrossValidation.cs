using Pyrite.Inference.Validation;
using Pyrite.Language;

namespace Pyrite;

/// <summary>Predictive accuracy by fits that leave rows out, fold by fold.</summary>
/// <remarks>No approximation but that of the draws, at the price of a fit for each fold. With few folds the fits have seen fewer rows than the model
/// of all data will, so the estimate is a little low. Vehtari, Gelman, Gabry, "Practical Bayesian model evaluation using leave-one-out
/// cross-validation and WAIC" (2017), section 2.3; folds as in R's loo.</remarks>
public static class CrossValidation
{
    /// <summary>Cross-validation of a model that is fitted to rows as they are masked: each observation of a site is a row.</summary>
    /// <param name="model">The model with all its data.</param>
    /// <param name="name">The site whose observations are rows: one for each entry of its plates, but those that a mask hides.</param>
    /// <param name="folds">Which rows are left out together.</param>
    /// <param name="fit">Makes the fit of a model, <c>model => Mcmc.Run(model, seed: 1)</c>; that of <c>Mcmc.Run</c> if not given.</param>
    /// <param name="posterior">A fit to all rows, for the effective number of parameters; null to leave that out.</param>
    /// <returns>Elpd, its error and the values of single rows, to be compared by <see cref="ModelComparison"/> with other models on the same
    /// folds.</returns>
    /// <remarks>What the model samples for a single row is drawn from the model given all else, for rows that are left out. A row must not enter the
    /// model elsewhere: one that standardizes its data by the rows it learns from takes them as arguments.</remarks>
    /// <exception cref="ModelException">The model is wrong, or has no such site, or the site has another number of observations.</exception>
    /// <exception cref="OperationCanceledException">A fit was cancelled.</exception>
    public static PredictiveAccuracy KFold(Action model, string name, Folds folds, Func<Action, McmcResult>? fit = null,
        McmcResult? posterior = null)
    {
        SynchronousModel.Require(model);
        ArgumentNullException.ThrowIfNull(folds);
        return KFold(PartedModel.Of(model, name, folds.Rows), folds, fit, posterior);
    }

    /// <summary>Cross-validation of a model that takes the rows it is to be fitted to.</summary>
    /// <param name="model">The model; it takes numbers of rows, Int64 [n] ascending, and observes these rows in a plate of size n.</param>
    /// <param name="name">The site whose observations are rows.</param>
    /// <param name="folds">Which rows are left out together.</param>
    /// <param name="fit">Makes the fit of a model, <c>model => Mcmc.Run(model, seed: 1)</c>; that of <c>Mcmc.Run</c> if not given.</param>
    /// <param name="posterior">A fit to all rows, for the effective number of parameters; null to leave that out.</param>
    /// <returns>Elpd, its error and the values of single rows, to be compared by <see cref="ModelComparison"/> with other models on the same
    /// folds.</returns>
    /// <remarks>Rows that are left out are scored by the model of all rows with what the fit has drawn; sites in a plate of the rows are drawn anew
    /// there, as for rows never seen. What the model computes from the rows it is given, such as their mean, is then of all rows: if the likelihood
    /// needs it, give a model of two arguments.</remarks>
    /// <exception cref="ModelException">The model is wrong, or has no such site, or the site has another number of observations.</exception>
    /// <exception cref="OperationCanceledException">A fit was cancelled.</exception>
    public static PredictiveAccuracy KFold(Action<Tensor> model, string name, Folds folds, Func<Action, McmcResult>? fit = null,
        McmcResult? posterior = null)
    {
        SynchronousModel.Require(model);
        ArgumentNullException.ThrowIfNull(model);
        return KFold((_, rows) => model(rows), name, folds, fit, posterior);
    }

    /// <summary>Cross-validation of a model that takes the rows it may learn from, and the rows it observes.</summary>
    /// <inheritdoc cref="KFold(Action{Tensor}, string, Folds, Func{Action, McmcResult}, McmcResult)" path="returns|exception"/>
    /// <param name="model">The model. It takes numbers of rows, Int64 ascending, twice: those of the fit, from which it may compute what it needs,
    /// such as means for a standardization, and those that it observes, in a plate of their number. In a fit these are the same rows; all rows are
    /// observed when those left out are scored.</param>
    /// <param name="name">The site whose observations are rows.</param>
    /// <param name="folds">Which rows are left out together.</param>
    /// <param name="fit">Makes the fit of a model, <c>model => Mcmc.Run(model, seed: 1)</c>; that of <c>Mcmc.Run</c> if not given.</param>
    /// <param name="posterior">A fit to all rows, for the effective number of parameters; null to leave that out.</param>
    public static PredictiveAccuracy KFold(Action<Tensor, Tensor> model, string name, Folds folds, Func<Action, McmcResult>? fit = null,
        McmcResult? posterior = null)
    {
        SynchronousModel.Require(model);
        ArgumentNullException.ThrowIfNull(folds);
        return KFold(PartedModel.Of(model, name, folds.Rows), folds, fit, posterior);
    }

    private static PredictiveAccuracy KFold(PartedModel model, Folds folds, Func<Action, McmcResult>? fit, McmcResult? posterior)
    {
        double[] pointwise = new double[folds.Rows], penalties = new double[folds.Rows];
        Array.Fill(penalties, double.NaN);
        double[]? whole = posterior is null ? null : model.Lpd(posterior);
        for (int fold = 0; fold < folds.Count; fold++)
        {
            int[] left = folds.In(fold);
            double[] found = model.Elpd(left, fit ?? (one => Mcmc.Run(one)));
            for (int i = 0; i < left.Length; i++)
            {
                pointwise[left[i]] = found[i];
                penalties[left[i]] = whole is null ? double.NaN : whole[left[i]] - found[i];
            }
        }
        string method = folds.Count == folds.Rows ? PredictiveAccuracy.ExactMethod : $"{folds.Count}-fold";
        return new PredictiveAccuracy(method, model.Draws, pointwise, penalties, null, []) { FitAdvice = model.FitAdvice };
    }
}
