using Pyrite.Inference.Enumeration.Sums;

namespace Pyrite.Inference.Enumeration;

/// <summary>A joint draw of discrete sites from their posterior, without anything else that is known of it.</summary>
internal static class JointDraw
{
    private const int MostOnStack = 128;

    /// <summary>Draws the values of all sites that were summed out, by name.</summary>
    /// <param name="runs">The runs of the model.</param>
    /// <param name="key">The key of the draw; those of entries are made of it, the site and the entry.</param>
    /// <exception cref="ModelException">The data are impossible, or the sum has no exact meaning.</exception>
    public static IReadOnlyDictionary<string, Tensor> Of(EnumeratedRuns runs, RandomKey key)
    {
        BackwardWalk[] passes = new BackwardWalk[runs.Runs.Count];
        double[] scores = new double[passes.Length];
        for (int i = 0; i < passes.Length; i++)
        {
            EnumeratedRun run = runs.Runs[i];
            ScoredFactors factors = run.Factors();
            passes[i] = new BackwardWalk();
            scores[i] = factors.Rest?.Item() ?? 0;
            foreach ((IReadOnlyList<Factor> group, double scale) in factors.Groups)
            {
                SumProduct sum = new(run.Handler.PlatesOf, keepsSteps: true);
                scores[i] += sum.Total(group).Item() * scale;
                passes[i].Add(run.Handler, sum);
            }
        }
        if (Array.Exists(scores, double.IsNaN) || scores.Max() == double.NegativeInfinity)
        {
            throw Discrete.Impossible(runs.Runs[0].Handler.Sites.Keys.FirstOrDefault(), Array.Exists(scores, double.IsNaN));
        }
        int chosen = scores.Length == 1 ? 0 : Pick(key.Child("branch"), scores);
        EnumeratedRun branch = runs.Runs[chosen];
        Dictionary<string, int[]> numbers = Values(passes[chosen], key);
        Dictionary<string, Tensor> values = JoinedRounds.Values(branch.Handler.Sites.Values.Select(KeptSite.Of), numbers);
        foreach ((string name, _, _) in branch.Choices)
        {
            values[name] = branch.Trace[name].Value.Keep();
        }
        return values;
    }

    /// <summary>The numbers of the values of all entries, drawn backwards along the order in which sites were summed out.</summary>
    public static Dictionary<string, int[]> Values(BackwardWalk pass, RandomKey key)
    {
        RandomKey sites = key.Child("site");
        return pass.Run(site =>
        {
            RandomKey own = sites.Child(site.Site.Name);
            return (cell, scores) => Pick(own.Child(cell), scores);
        });
    }

    /// <summary>The number of a value, drawn by log-scores.</summary>
    public static int Pick(RandomKey key, double[] scores)
    {
        double greatest = scores.Max(), total = 0;
        Span<double> weights = scores.Length <= MostOnStack ? stackalloc double[scores.Length] : new double[scores.Length];
        for (int value = 0; value < scores.Length; value++)
        {
            weights[value] = Math.Exp(scores[value] - greatest);
            total += weights[value];
        }
        double left = key.UniformNumber() * total;
        int last = 0;
        for (int value = 0; value < scores.Length; value++)
        {
            double weight = weights[value];
            last = weight > 0 ? value : last;
            left -= weight;
            if (left < 0)
            {
                return value;
            }
        }
        return last;
    }
}
