using System.Globalization;
using Pyrite.Inference.Diagnostics.Accuracy;
using Pyrite.Inference.Diagnostics.Statistics;
using Pyrite.Inference.Diagnostics.Summaries;

namespace Pyrite;

/// <summary>How well a fitted model predicts data like those it was fitted to: the expected log pointwise predictive density, by leave-one-out,
/// folds (<see cref="CrossValidation"/>) or WAIC.</summary>
/// <remarks>
/// Log-likelihoods are given as [draws, observations], row-major; with several chains, chain after chain. Vehtari, Gelman, Gabry,
/// "Practical Bayesian model evaluation using leave-one-out cross-validation and WAIC" (2017); definitions as in R's loo.
/// </remarks>
public sealed class PredictiveAccuracy
{
    private const double LargestPenalty = 0.4;
    private const int ObservationsNamed = 10;
    private const string LooMethod = "PSIS-LOO";
    private const string WaicMethod = "WAIC";
    internal const string ExactMethod = "exact LOO";

    private readonly UnusableObservation[] unusable;

    internal PredictiveAccuracy(string method, int draws, double[] pointwise, double[] penalties, double[]? paretoK, UnusableObservation[] unusable)
    {
        this.unusable = unusable;
        Method = method;
        Draws = draws;
        Pointwise = pointwise;
        PointwisePenalty = penalties;
        ParetoK = paretoK;
        Elpd = SampleMoments.Mean(pointwise) * pointwise.Length;
        EffectiveParameters = SampleMoments.Mean(penalties) * pointwise.Length;
        StandardError = Math.Sqrt(pointwise.Length * SampleMoments.Variance(pointwise));
    }

    /// <summary>"PSIS-LOO", "exact LOO", "10-fold" and the like, or "WAIC".</summary>
    public string Method { get; }

    /// <summary>The number of posterior draws.</summary>
    public int Draws { get; }

    /// <summary>The expected log predictive density of all observations, in nats; larger is better.</summary>
    public double Elpd { get; }

    /// <summary>The standard error of <see cref="Elpd"/>: √(n · variance of the pointwise values, divisor n - 1).</summary>
    public double StandardError { get; }

    /// <summary>The effective number of parameters: log density of the data under the whole posterior, minus <see cref="Elpd"/>; NaN for folds
    /// without a fit to all rows.</summary>
    public double EffectiveParameters { get; }

    /// <summary>-2 <see cref="Elpd"/>, the scale of deviances (looic, waic).</summary>
    public double InformationCriterion => -2 * Elpd;

    /// <summary>The expected log predictive density of each observation.</summary>
    public IReadOnlyList<double> Pointwise { get; }

    /// <summary>The share of each observation in <see cref="EffectiveParameters"/>.</summary>
    public IReadOnlyList<double> PointwisePenalty { get; }

    /// <summary>Pareto k of each observation, 0 where an exact refit has taken the place of the estimate, as in loo; null where nothing was
    /// smoothed: for WAIC and folds.</summary>
    public IReadOnlyList<double>? ParetoK { get; }

    /// <summary>The observations whose values come from exact refits without them (<see cref="LeaveOneOut"/>).</summary>
    public IReadOnlyList<int> Refitted { get; private init; } = [];

    /// <summary>The observations whose values come from draws that were moved (<see cref="LeaveOneOut"/>).</summary>
    public IReadOnlyList<int> MomentMatched { get; private init; } = [];

    /// <summary>What to do about estimates that cannot be trusted; empty where all can.</summary>
    public IReadOnlyList<string> Advice =>
        [.. UnusableObservation.Describe(unusable), .. ParetoK is not null ? LooAdvice() : Method == WaicMethod ? WaicAdvice() : [], .. FitAdvice];

    /// <summary>What the fits without some observations had to say.</summary>
    internal IReadOnlyList<string> FitAdvice { get; init; } = [];

    /// <summary>Whether single observations are left out, whatever the computation.</summary>
    internal bool LeavesOneOut => Method is LooMethod or ExactMethod;

    /// <summary>Leave-one-out cross-validation by Pareto-smoothed importance sampling.</summary>
    /// <param name="logLikelihood">log p(observation | draw) as [draws, observations].</param>
    /// <param name="draws">The number of draws of all chains together.</param>
    /// <param name="chains">How many chains the draws come from, one after the other.</param>
    /// <param name="relativeEfficiency">Effective sample size / draws of the likelihoods; null to estimate it for each observation (1 for independent
    /// draws).</param>
    /// <exception cref="ArgumentException">The sizes do not fit.</exception>
    public static PredictiveAccuracy Loo(ReadOnlySpan<double> logLikelihood, int draws, int chains = 1, double? relativeEfficiency = null)
    {
        int observations = Observations(logLikelihood, draws, chains);
        double[] pointwise = new double[observations], penalties = new double[observations], shapes = new double[observations];
        double[] column = new double[draws], sums = new double[draws];
        for (int one = 0; one < observations; one++)
        {
            Column(logLikelihood, observations, one, column);
            double whole = SampleMoments.LogSumExp(column) - Math.Log(draws);
            double efficiency = relativeEfficiency ?? EfficiencyOf(column, chains);
            for (int i = 0; i < draws; i++)
            {
                sums[i] = -column[i];
            }
            ParetoSmoothing smoothing = ParetoSmoothing.Of(sums, efficiency);
            for (int i = 0; i < draws; i++)
            {
                sums[i] = smoothing.LogWeights[i] + column[i];
            }
            pointwise[one] = double.IsNaN(smoothing.LogWeights[0]) ? double.NaN : SampleMoments.LogSumExp(sums);
            penalties[one] = whole - pointwise[one];
            shapes[one] = smoothing.K;
        }
        return new PredictiveAccuracy(LooMethod, draws, pointwise, penalties, shapes, UnusableObservation.In(logLikelihood, draws, chains));
    }

    /// <summary>Leave-one-out cross-validation from draws of log-likelihoods.</summary>
    /// <param name="logLikelihoods">Draws that hold the log-likelihoods.</param>
    /// <param name="name">Their name; each number of a draw is one observation.</param>
    /// <exception cref="KeyNotFoundException">There is no such quantity.</exception>
    public static PredictiveAccuracy Loo(Draws logLikelihoods, string name)
    {
        ArgumentNullException.ThrowIfNull(logLikelihoods);
        return Loo(logLikelihoods.Variable(name).Values, logLikelihoods.Count, logLikelihoods.Chains, logLikelihoods.HasChains ? null : 1);
    }

    /// <summary>The widely applicable information criterion; prefer leave-one-out, which knows when it fails.</summary>
    /// <param name="logLikelihood">log p(observation | draw) as [draws, observations].</param>
    /// <param name="draws">The number of draws of all chains together.</param>
    /// <param name="divideByDraws">Whether the variance over the draws is divided by S, as ArviZ does; by default by S - 1, as R's loo.</param>
    /// <exception cref="ArgumentException">The sizes do not fit.</exception>
    public static PredictiveAccuracy Waic(ReadOnlySpan<double> logLikelihood, int draws, bool divideByDraws = false)
    {
        int observations = Observations(logLikelihood, draws, 1);
        double[] pointwise = new double[observations], penalties = new double[observations], column = new double[draws];
        for (int one = 0; one < observations; one++)
        {
            Column(logLikelihood, observations, one, column);
            penalties[one] = SampleMoments.Variance(column) * (divideByDraws ? (draws - 1.0) / draws : 1);
            pointwise[one] = SampleMoments.LogSumExp(column) - Math.Log(draws) - penalties[one];
        }
        return new PredictiveAccuracy(WaicMethod, draws, pointwise, penalties, null, UnusableObservation.In(logLikelihood, draws, 0));
    }

    /// <summary>The widely applicable information criterion from draws of log-likelihoods, with variance divisor S - 1.</summary>
    /// <inheritdoc cref="Loo(Draws, string)"/>
    public static PredictiveAccuracy Waic(Draws logLikelihoods, string name)
    {
        ArgumentNullException.ThrowIfNull(logLikelihoods);
        return Waic(logLikelihoods.Variable(name).Values, logLikelihoods.Count);
    }

    /// <summary>Elpd, effective parameters and criterion with their errors, and the advice.</summary>
    public override string ToString()
    {
        TextTable table = new(Method, "estimate", "SE");
        table.Add("elpd", Digits(Elpd), Digits(StandardError));
        if (!double.IsNaN(EffectiveParameters) || !double.IsFinite(Elpd))
        {
            table.Add("effective parameters", Digits(EffectiveParameters),
                Digits(Math.Sqrt(Pointwise.Count * SampleMoments.Variance([.. PointwisePenalty]))));
        }
        table.Add("-2 elpd", Digits(InformationCriterion), Digits(2 * StandardError));
        return table + string.Concat(Notes().Concat(Advice).Select(sentence => sentence + "\n"));
    }

    /// <summary>The same with exact values in the place of some estimates.</summary>
    internal PredictiveAccuracy WithRefits(IReadOnlyDictionary<int, double> exact, IReadOnlyList<string> fitAdvice) =>
        With(exact, exact.Keys.ToDictionary(one => one, _ => 0.0), [.. Refitted.Union(exact.Keys).Order()], [.. MomentMatched.Except(exact.Keys)],
            [.. FitAdvice, .. fitAdvice]);

    /// <summary>The same with better estimates in the place of some.</summary>
    internal PredictiveAccuracy WithMatched(IReadOnlyDictionary<int, double> values, IReadOnlyDictionary<int, double> shapes) =>
        With(values, shapes, Refitted, [.. MomentMatched.Union(values.Keys).Order()], FitAdvice);

    /// <summary>Effective sample size / draws of the likelihoods of an observation.</summary>
    internal static double EfficiencyOf(double[] logLikelihood, int chains)
    {
        double largest = logLikelihood.Max();
        double size = new ScalarSample(Array.ConvertAll(logLikelihood, log => Math.Exp(log - largest)), chains).EssMean;
        return double.IsNaN(size) ? 1 : size / logLikelihood.Length;
    }

    private PredictiveAccuracy With(IReadOnlyDictionary<int, double> values, IReadOnlyDictionary<int, double> shapes, IReadOnlyList<int> refitted,
        IReadOnlyList<int> matched, IReadOnlyList<string> fitAdvice)
    {
        double[] pointwise = [.. Pointwise], penalties = [.. PointwisePenalty], ks = [.. ParetoK!];
        foreach ((int one, double value) in values)
        {
            penalties[one] += pointwise[one] - value;
            pointwise[one] = value;
            ks[one] = shapes[one];
        }
        return new PredictiveAccuracy(Method, Draws, pointwise, penalties, ks, [.. unusable.Where(one => !values.ContainsKey(one.Observation))])
        {
            Refitted = refitted,
            MomentMatched = matched,
            FitAdvice = fitAdvice,
        };
    }

    private IEnumerable<string> Notes()
    {
        if (MomentMatched.Count > 0)
        {
            yield return $"Draws were moved to the posterior without the observation (moment matching) for {Named(MomentMatched)}.";
        }
        if (Refitted.Count > 0)
        {
            yield return $"Exact refits without the observation replace the estimate for {Named(Refitted)}.";
        }
    }

    private string Named(IReadOnlyList<int> observations) =>
        $"{observations.Count} of {Pointwise.Count}: {string.Join(", ", observations.Take(ObservationsNamed).Select(one => $"{one}"))}"
            + (observations.Count > ObservationsNamed ? ", …" : "");

    private static string Digits(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);

    private static int Observations(ReadOnlySpan<double> logLikelihood, int draws, int chains)
    {
        if (draws < 2 || chains < 1 || draws % chains != 0 || logLikelihood.IsEmpty || logLikelihood.Length % draws != 0)
        {
            throw new ArgumentException(
                $"{logLikelihood.Length} log-likelihoods cannot be [draws, observations] with {draws} draws of {chains} chains. Two draws or more "
                    + "and one observation are needed; draws are those of all chains together.",
                nameof(logLikelihood));
        }
        return logLikelihood.Length / draws;
    }

    private static void Column(ReadOnlySpan<double> matrix, int columns, int column, double[] destination)
    {
        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] = matrix[(i * columns) + column];
        }
    }

    private string[] LooAdvice()
    {
        double threshold = ParetoSmoothing.Threshold(Draws);
        double[] judged = [.. ParetoK!.Where((_, i) => double.IsFinite(Pointwise[i]))];
        int bad = judged.Count(k => !(k <= threshold)), hopeless = judged.Count(k => !(k <= 1));
        if (bad == 0)
        {
            return [];
        }
        double worst = judged.Max();
        string move = MomentMatched.Count > 0 ? "" : "move the draws (MatchMoments), ";
        string meaning = double.IsPositiveInfinity(worst) ? "there are too few draws to fit a tail, 21 at least are needed. Draw more."
            : worst <= 1
                ? $"leaving them out changes the posterior a lot, and their estimates vary. Look at them, draw more, {move}or refit without them "
                    + "(Refit)."
            : $"leaving them out changes the posterior too much for importance sampling. Look at them, {move}refit without them "
                + "(Refit), or use CrossValidation.KFold.";
        return [
            $"{bad} of {Pointwise.Count} observations have Pareto k "
                + $"above {threshold:0.00} (worst: {ThresholdText.Of(worst, Math.Round(threshold, 2))}; {hopeless} above 1): {meaning}"];
    }

    private string[] WaicAdvice()
    {
        double[] bad = [.. PointwisePenalty.Where(penalty => penalty > LargestPenalty)];
        return bad.Length == 0 ? []
            : [$"{bad.Length} of {Pointwise.Count} observations have a WAIC penalty "
                + $"above {LargestPenalty} (worst: {ThresholdText.Of(bad.Max(), LargestPenalty)}): the approximation may fail there. Use PSIS-LOO."];
    }
}
