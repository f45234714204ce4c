using Pyrite.Inference.Diagnostics.Statistics;

namespace Pyrite;

/// <summary>Whether data look like those that a fitted model makes.</summary>
public static class PredictiveChecks
{
    /// <summary>The posterior predictive p-value of a statistic: the share of data sets drawn from the fitted model that have at least the
    /// statistic of the data, equal ones counting half.</summary>
    /// <param name="predictive">Draws of the data, of <see cref="Predictive"/>.</param>
    /// <param name="name">The site.</param>
    /// <param name="observed">The data, as many numbers as one draw.</param>
    /// <param name="statistic">What is looked at, such as the largest number or the standard deviation.</param>
    /// <returns>Near 0 or 1 where the model does not make such data; about 0.5 where it does. Smaller spread than uniform is usual, because the
    /// model has seen the data.</returns>
    /// <remarks>Meng, "Posterior predictive p-values", 1994; Gelman, Meng and Stern, 1996.</remarks>
    /// <exception cref="ArgumentException">The data have another number of values than a draw.</exception>
    /// <exception cref="KeyNotFoundException">There is no such quantity.</exception>
    public static double PValue(Draws predictive, string name, Tensor observed, Func<ReadOnlySpan<double>, double> statistic)
    {
        ArgumentNullException.ThrowIfNull(statistic);
        (DrawsVariable variable, double[] data) = Checked(predictive, name, observed);
        double own = statistic(data), share = 0;
        for (int draw = 0; draw < predictive.Count; draw++)
        {
            double other = statistic(variable.Values.Slice(draw * data.Length, data.Length));
            share += other > own ? 1 : other == own ? 0.5 : 0;
        }
        return share / predictive.Count;
    }

    /// <summary>The probability integral transform of each observation: the share of its draws that lie below it.</summary>
    /// <param name="predictive">Draws of the data, of <see cref="Predictive"/>.</param>
    /// <param name="name">The site.</param>
    /// <param name="observed">The data, as many numbers as one draw.</param>
    /// <param name="seed">Decides where in the share of equal draws, of counts for instance, an observation lies.</param>
    /// <returns>One number an observation, 0 to 1; uniform for a model that is right and has not seen the data. See <see cref="PitEcdf"/>.</returns>
    /// <exception cref="ArgumentException">The data have another number of values than a draw.</exception>
    /// <exception cref="KeyNotFoundException">There is no such quantity.</exception>
    public static double[] Pit(Draws predictive, string name, Tensor observed, ulong seed = 0) => Pit(predictive, name, observed, null, seed);

    /// <summary>The leave-one-out probability integral transform: where each observation lies among predictions of a model that has not seen
    /// it.</summary>
    /// <param name="predictive">Draws of the data, of <see cref="Predictive"/>, one for each draw of the posterior.</param>
    /// <param name="name">The site.</param>
    /// <param name="observed">The data, as many numbers as one draw.</param>
    /// <param name="logLikelihood">The log-density of each observation under the same draws, of <c>Predictive.LogLikelihood</c>.</param>
    /// <param name="seed">Decides where in the share of equal draws, of counts for instance, an observation lies.</param>
    /// <returns>One number an observation, 0 to 1; uniform for a model that is right. See <see cref="PitEcdf"/>. NaN where log-densities are not
    /// finite.</returns>
    /// <remarks>Weights are those of Pareto-smoothed leave-one-out (Vehtari, Gelman and Gabry, 2017; Gabry et al., "Visualization in Bayesian
    /// workflow", 2019). Where its Pareto k is large (<see cref="PredictiveAccuracy.ParetoK"/>) the value is not to be trusted.</remarks>
    /// <exception cref="ArgumentException">The data or log-densities have another number of values than a draw.</exception>
    /// <exception cref="KeyNotFoundException">There is no such quantity.</exception>
    public static double[] LooPit(Draws predictive, string name, Tensor observed, Draws logLikelihood, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(logLikelihood);
        return Pit(predictive, name, observed, logLikelihood, seed);
    }

    private static double[] Pit(Draws predictive, string name, Tensor observed, Draws? logLikelihood, ulong seed)
    {
        (DrawsVariable variable, double[] data) = Checked(predictive, name, observed);
        DrawsVariable? densities = logLikelihood?.Variable(name);
        if (densities is not null && (densities.Size != data.Length || logLikelihood!.Count != predictive.Count))
        {
            throw new ArgumentException(
                $"The log-densities of \"{name}\" are {densities.Size} numbers in {logLikelihood!.Count} draws, the predictions {data.Length} "
                    + $"numbers in {predictive.Count} draws. Take both from the same posterior; events of several numbers have one density and no "
                    + "transform.", nameof(logLikelihood));
        }
        double[] result = new double[data.Length], places = new double[data.Length];
        RandomKey.FromSeed(seed).Child("pit").FillUniform(places);
        for (int i = 0; i < data.Length; i++)
        {
            IReadOnlyList<double>? weights = densities is null ? null
                : ParetoSmoothing.Of(Array.ConvertAll(densities.Scalar(i), log => -log), Efficiency(densities.Scalar(i), logLikelihood!)).LogWeights;
            double[] draws = variable.Scalar(i);
            double below = 0, equal = 0;
            for (int draw = 0; draw < draws.Length; draw++)
            {
                double weight = weights is null ? 1.0 / draws.Length : Math.Exp(weights[draw]);
                below += draws[draw] < data[i] || double.IsNaN(weight) ? weight : 0;
                equal += draws[draw] == data[i] ? weight : 0;
            }
            result[i] = Math.Min(1, below + (places[i] * equal));
        }
        return result;
    }

    private static double Efficiency(double[] logLikelihood, Draws draws)
    {
        if (!draws.HasChains)
        {
            return 1;
        }
        double largest = logLikelihood.Max();
        double size = new ScalarSample(Array.ConvertAll(logLikelihood, log => Math.Exp(log - largest)), draws.Chains).EssMean;
        return size > 0 ? size / logLikelihood.Length : 1;
    }

    private static (DrawsVariable Variable, double[] Data) Checked(Draws predictive, string name, Tensor observed)
    {
        ArgumentNullException.ThrowIfNull(predictive);
        ArgumentNullException.ThrowIfNull(observed);
        DrawsVariable variable = predictive.Variable(name);
        double[] data = observed.ToArray<double>();
        return data.Length == variable.Size && data.Length > 0 ? (variable, data) : throw new ArgumentException(
            $"Draws of \"{name}\" have shape {variable.EventShape}, {variable.Size} numbers; the data have shape {observed.Shape}. Give the data of "
                + "the site, as the model observes them.", nameof(observed));
    }
}
