namespace Pyrite.Inference.Approximations;

/// <summary>One path of Pathfinder: uphill, and the Normal approximation along it that is nearest to the target.</summary>
/// <remarks>Zhang et al. (2022), algorithm 1: the approximation with the greatest ELBO, estimated by a few draws at each point.</remarks>
internal sealed class PathRun
{
    private readonly double[] point;

    private PathRun(PathfinderPath report, NormalApproximation? best, int dimension) =>
        (Report, Best, point) = (report, best, new double[dimension]);

    /// <summary>What is told of the path.</summary>
    public PathfinderPath Report { get; }

    /// <summary>The approximation; null where the path failed.</summary>
    public NormalApproximation? Best { get; }

    /// <summary>The unconstrained draws.</summary>
    public double[][] Draws { get; private set; } = [];

    /// <summary>log p - log q of each draw; minus infinity where the model cannot be computed.</summary>
    public double[] LogRatios { get; private set; } = [];

    /// <summary>Runs a path; a failure is a report, not an exception.</summary>
    public static PathRun Of(Potential potential, Func<double[]> start, RandomKey key, PathfinderSettings settings)
    {
        double[] first;
        try
        {
            first = start();
        }
        catch (ModelException refusal)
        {
            return new PathRun(new PathfinderPath(PathStatus.Failed, refusal.Message, 0, 0, 0, double.NaN), null, 0);
        }
        AscentPath path = AscentPath.From(potential, first, settings.History, settings.MaxIterations);
        CurvaturePairs pairs = new(first.Length, settings.History);
        NormalApproximation? best = null;
        double highest = double.NegativeInfinity;
        int evaluations = path.Evaluations;
        for (int step = 1; step <= path.Steps; step++)
        {
            pairs.Add(AscentPath.Difference(path.Points[step], path.Points[step - 1]),
                AscentPath.Difference(path.Gradients[step - 1], path.Gradients[step]));
            NormalApproximation candidate = new(pairs, path.Points[step], path.Gradients[step]);
            if (!candidate.IsProper)
            {
                continue;
            }
            double elbo = Elbo(potential, candidate, key.Child("elbo").Child(step), settings.ElboDraws);
            evaluations += settings.ElboDraws;
            if (elbo > highest)
            {
                (best, highest) = (candidate, elbo);
            }
        }
        string message = best is null
            ? path.Steps == 0
                ? $"No step was made: {path.Ending}."
                : $"No approximation on the path has a finite ELBO; it ended because {path.Ending}."
            : $"The path ended because {path.Ending}.";
        PathStatus status = best is null ? PathStatus.Failed : path.IsConverged ? PathStatus.Converged : PathStatus.Stopped;
        evaluations += best is null ? 0 : settings.Draws;
        PathRun run = new(new PathfinderPath(status, message, path.Steps, evaluations, path.Evaluations, highest), best, first.Length);
        if (best is not null)
        {
            run.MakeDraws(potential, best, key.Child("draws"), settings.Draws);
        }
        return run;
    }

    /// <summary>The mean of log p - log q over draws; minus infinity where one of them cannot be computed.</summary>
    private static double Elbo(Potential potential, NormalApproximation candidate, RandomKey key, int draws)
    {
        double[] normals = new double[candidate.Mean.Length], draw = new double[normals.Length];
        double sum = 0;
        for (int i = 0; i < draws; i++)
        {
            key.Child(i).FillNormal(normals);
            double logQ = candidate.Draw(normals, draw);
            sum += potential.LogDensity(draw) - logQ;
        }
        return double.IsNaN(sum) ? double.NegativeInfinity : sum / draws;
    }

    private void MakeDraws(Potential potential, NormalApproximation best, RandomKey key, int count)
    {
        Draws = new double[count][];
        LogRatios = new double[count];
        for (int i = 0; i < count; i++)
        {
            key.Child(i).FillNormal(point);
            Draws[i] = new double[point.Length];
            double logQ = best.Draw(point, Draws[i]);
            LogRatios[i] = potential.LogDensity(Draws[i]) - logQ;
        }
    }
}
