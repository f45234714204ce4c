using Pyrite.Inference.Enumeration.Sums;

namespace Pyrite.Inference.Enumeration;

/// <summary>The exact posterior of the discrete sites of one run.</summary>
/// <param name="LogWeight">The log of the sum over all their values.</param>
/// <param name="Choices">The values of sequential sites.</param>
/// <param name="Sites">What is known of each site, by name.</param>
/// <param name="Marginals">The probabilities of each site's values, [.. batch, K].</param>
/// <param name="Sums">Decides values for a draw.</param>
/// <param name="Best">The most probable values.</param>
/// <param name="BestLogJoint">Their log-probability with the data.</param>
/// <param name="MeanScore">The mean of the log-probability of the values with the data.</param>
internal sealed record DiscreteBranch(double LogWeight, IReadOnlyList<(string Name, int Choice, int Count)> Choices,
    IReadOnlyDictionary<string, KeptSite> Sites, IReadOnlyDictionary<string, Tensor> Marginals, BackwardWalk Sums,
    IReadOnlyDictionary<string, int[]> Best, double BestLogJoint, double MeanScore)
{
    /// <summary>The values of sequential sites in this run.</summary>
    public IReadOnlyDictionary<string, Tensor> Chosen { get; private init; } = new Dictionary<string, Tensor>();

    /// <summary>Takes the posterior of a run.</summary>
    public static DiscreteBranch Of(EnumeratedRun run)
    {
        Dictionary<string, Tensor> zeros = [];
        Tensor heat = ((Tensor)1.0).To(DType.Float64).AsVariable();
        ScoredFactors scores = run.Factors(heat: heat, change: (site, factor) => Marked(run, site, factor,
            (name, shape) => zeros[name] = Tensor.Zeros(shape, DType.Float64).AsVariable()));
        BackwardWalk backward = new();
        Tensor total = scores.Rest is { } rest ? rest.To(DType.Float64).Detach() : ((Tensor)0.0).To(DType.Float64);
        foreach ((IReadOnlyList<Factor> factors, double scale) in scores.Groups)
        {
            SumProduct sum = new(run.Handler.PlatesOf, keepsSteps: true);
            total += sum.Total(factors) * scale;
            backward.Add(run.Handler, sum);
        }
        double weight = total.Item();
        string[] names = [.. zeros.Keys];
        Tensor?[] gradients = total.RequiresGradient ? Gradient.OrNull(total, [.. names.Select(name => zeros[name]), heat]) : [];
        Dictionary<string, KeptSite> sites = run.Handler.Sites.ToDictionary(entry => entry.Key, entry => KeptSite.Of(entry.Value));
        Dictionary<string, Tensor> marginals = [];
        for (int i = 0; i < names.Length && double.IsFinite(weight); i++)
        {
            marginals[names[i]] = sites[names[i]].MarginalsOf(gradients[i]!);
        }
        (BackwardWalk best, double bestScore, double constant) = BestOf(run);
        Dictionary<string, int[]> values =
            double.IsFinite(bestScore) ? best.Run(_ => (_, row) => Array.IndexOf(row, row.Max())) : [];
        double mean = constant + (gradients.LastOrDefault()?.Item() ?? 0);
        return new DiscreteBranch(weight, run.Choices, sites, marginals, backward, values, bestScore, mean)
        {
            Chosen = run.Choices.ToDictionary(choice => choice.Name, choice => run.Trace[choice.Name].Value.Keep()),
        };
    }

    private static (BackwardWalk Pass, double Score, double Constant) BestOf(EnumeratedRun run)
    {
        ScoredFactors scores = run.Factors(isMax: true);
        BackwardWalk backward = new();
        double constant = scores.Rest?.Item() ?? 0, total = constant;
        foreach ((IReadOnlyList<Factor> factors, double scale) in scores.Groups)
        {
            SumProduct sum = new(run.Handler.PlatesOf, isMax: true);
            total += sum.Total(factors).Item() * scale;
            backward.Add(run.Handler, sum);
        }
        return (backward, total, constant);
    }

    /// <summary>Adds zeros to the scores of a site itself: the derivatives with respect to them are its marginal probabilities.</summary>
    /// <param name="run">The run.</param>
    /// <param name="site">Any site of it.</param>
    /// <param name="factor">The table of the site.</param>
    /// <param name="zeroOf">Makes the zeros, from the site's name and their shape, [K, .. plates].</param>
    public static Factor Marked(EnumeratedRun run, SampleSite site, Factor factor, Func<string, Shape, Tensor> zeroOf)
    {
        if (!run.Handler.Sites.TryGetValue(site.Name, out EnumeratedSite? own) || !ReferenceEquals(own.Site, site))
        {
            return factor;
        }
        if (Array.IndexOf(factor.Axes, own.Axis) < 0)
        {
            throw new ModelException(ModelError.RowsMeet, site.Name,
                "entries of its plate meet in its own log-probability, so that its values have no table of their own. Write the plate as "
                    + "SequentialPlate.");
        }
        return Factor.Product([factor, new Factor(zeroOf(site.Name, Factor.ShapeOf([own.Axis], factor.Plates)), [own.Axis], factor.Plates)]);
    }
}
