using Pyrite.Inference.Diagnostics.Statistics;

namespace Pyrite.Inference.Validation;

/// <summary>Leave-one-out by importance sampling from draws that are moved by affine maps in the unconstrained numbers.</summary>
/// <remarks>Paananen, Piironen, Bürkner and Vehtari, "Implicitly adaptive importance sampling", Statistics and Computing 31 (2021), algorithm 1 with
/// the maps T1 to T3 and the split of section 3.2.</remarks>
internal sealed class MomentMatching
{
    private const int MostMoves = 30;

    private readonly Action model;
    private readonly Potential density;
    private readonly double[][] points;
    private readonly double[] logDensities;
    private readonly int chains;
    private readonly double threshold;

    private MomentMatching(Action model, Potential density, double[][] points, int chains, double threshold)
    {
        this.model = model;
        this.density = density;
        this.points = points;
        this.chains = chains;
        this.threshold = threshold;
        logDensities = LogDensities(density, points);
    }

    /// <summary>Brings the draws of a posterior to the points that its sampler walked on.</summary>
    /// <exception cref="ModelException">The model is another one, or its draws do not determine the points.</exception>
    public static MomentMatching Of(Action model, McmcResult posterior, double threshold)
    {
        Draws draws = posterior.Draws;
        Potential density = Potential.Of(model, start: InitialValues.Of(Values(draws, 0, null)));
        if (density.Sites.FirstOrDefault(site => site.HasSurplus) is { } surplus)
        {
            throw new ModelException(surplus.Name,
                "its values are angles or directions, which samplers draw as points of the plane or the space; draws do not say which points, so "
                    + "moments cannot be matched. Take Refit instead.");
        }
        double[][] points = [.. Enumerable.Range(0, draws.Count).Select(draw => density.Unconstrain(Values(draws, draw, density)))];
        return new MomentMatching(model, density, points, draws.Chains, threshold);
    }

    /// <summary>The log predictive density of an observation that is left out, and Pareto k of the weights that it was computed with.</summary>
    public (double Elpd, double K) Run(HeldOut held)
    {
        Potential others = Potential.Of(held.From(model), start: InitialValues.Of(density.Constrain(points[0])));
        double[] own = Differences(logDensities, LogDensities(others, points));     // log p(observation | draw)
        double efficiency = PredictiveAccuracy.EfficiencyOf(own, chains);
        ParetoSmoothing weights = ParetoSmoothing.Of(Array.ConvertAll(own, log => -log), efficiency);
        (double Elpd, double K) unmoved = (Elpd(weights, own), weights.K);
        AffineMap map = AffineMap.Identity(density.Dimension);
        double[][] moved = points;
        bool isMoved = false;
        for (int move = 0; move < MostMoves && !(weights.K <= threshold) && weights.Problem is null; move++)
        {
            AffineMap? better = null;
            foreach (AffineMap step in AffineMap.Towards(moved, weights.LogWeights))
            {
                double[][] tried = step.Apply(moved);
                ParetoSmoothing found = ParetoSmoothing.Of(Differences(LogDensities(others, tried), logDensities), efficiency);
                if (found.K < weights.K)
                {
                    (better, moved, weights) = (step, tried, found);
                    break;
                }
            }
            if (better is null)
            {
                break;
            }
            (map, isMoved) = (map.Then(better), true);
        }
        return isMoved ? Split(map, others, efficiency) : unmoved;
    }

    /// <summary>Every other draw is moved, the rest are not; weights are those of the mixture of both densities, so that draws serve the posterior
    /// without the observation and the one with it.</summary>
    private (double Elpd, double K) Split(AffineMap map, Potential others, double efficiency)
    {
        double[][] forward = map.Apply(points), backward = map.ApplyInverse(points);
        double[][] mixed = [.. points.Select((point, i) => i % 2 == 0 ? forward[i] : point)];
        double[][] origins = [.. points.Select((point, i) => i % 2 == 0 ? point : backward[i])];
        double[] whole = LogDensities(density, mixed), left = LogDensities(others, mixed), moved = LogDensities(density, origins);
        double[] ratios = new double[points.Length], own = Differences(whole, left);
        for (int i = 0; i < ratios.Length; i++)
        {
            double other = moved[i] - map.LogVolume, larger = Math.Max(whole[i], other);
            ratios[i] = double.IsNegativeInfinity(left[i]) ? double.NegativeInfinity
                : left[i] - larger - Math.Log(Math.Exp(whole[i] - larger) + Math.Exp(other - larger));
        }
        ParetoSmoothing weights = ParetoSmoothing.Of(ratios, efficiency);
        return (Elpd(weights, own), weights.K);
    }

    private static double Elpd(ParetoSmoothing weights, double[] own) =>
        SampleMoments.LogSumExp([.. own.Select((log, i) => double.IsNegativeInfinity(weights.LogWeights[i]) ? double.NegativeInfinity
            : weights.LogWeights[i] + log)]);

    private static double[] LogDensities(Potential density, double[][] points) => Array.ConvertAll(points, point => density.LogDensity(point));

    private static double[] Differences(double[] logs, double[] others) => [.. logs.Zip(others, (log, other) => log - other)];

    /// <summary>The values of a draw by site; of all quantities, or of those that a potential has.</summary>
    private static Dictionary<string, Tensor> Values(Draws draws, int draw, Potential? density) => draws.Variables
        .Where(variable => density is null || density.Sites.Any(site => site.Name == variable.Name))
        .ToDictionary(variable => variable.Name,
            variable => Tensor.From(variable.Values.Slice(draw * variable.Size, variable.Size), variable.EventShape));
}
