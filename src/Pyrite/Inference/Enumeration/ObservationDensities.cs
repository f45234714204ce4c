using Pyrite.Inference.Enumeration.Sums;

namespace Pyrite.Inference.Enumeration;

/// <summary>The log-density of each observation given all others, with the discrete sites summed out.</summary>
/// <remarks>
/// log p(y_i | y_-i) is minus the log of the posterior mean of 1 / p(y_i | z): what an observation has told of z is taken away again. The posterior
/// of the values that an observation depends on is the derivative with respect to zeros added to its table. Where observations are independent given
/// the continuous sites it is log p(y_i); where they are not, as in a chain, it is what leave-one-out weights need (Bürkner, Gabry and Vehtari,
/// "Efficient leave-one-out cross-validation for Bayesian non-factorized normal and Student-t models", 2021, section 2).
/// </remarks>
internal static class ObservationDensities
{
    /// <summary>What cannot be, counts as so much less likely than the likeliest value: it has no weight in sums, but can be taken away.</summary>
    private const double Impossible = 500;

    /// <summary>The log-densities by site, in the shape of its batch.</summary>
    /// <param name="runs">The runs of the model.</param>
    /// <exception cref="ModelException">The data are impossible, or an observation is one series for each entry of a plate.</exception>
    public static IReadOnlyList<(SampleSite Site, Tensor Density)> Of(EnumeratedRuns runs)
    {
        List<(double LogWeight, Dictionary<string, (SampleSite Site, Tensor LogInverse)> Sites)> branches = [.. runs.Runs.Select(OfRun)];
        if (branches.Count == 1)
        {
            return [.. branches[0].Sites.Values.Select(entry => (entry.Site, -entry.LogInverse))];
        }
        double greatest = branches.Max(branch => branch.LogWeight);
        double total = greatest + Math.Log(branches.Sum(branch => Math.Exp(branch.LogWeight - greatest)));
        List<(SampleSite, Tensor)> found = [];
        foreach ((string name, (SampleSite site, _)) in branches[0].Sites)
        {
            Tensor[] terms = [.. branches.Where(branch => branch.LogWeight > double.NegativeInfinity).Select(branch =>
                branch.Sites.TryGetValue(name, out (SampleSite, Tensor LogInverse) own) ? own.LogInverse + (branch.LogWeight - total)
                    : throw new ModelException(ModelError.EnumerationImpossible, name,
                        "it is observed for some values of the sequential sites only, so that it has no log-density of its own."))];
            found.Add((site, -Tensor.Stack(terms, -1).LogSumExpOverLast()));
        }
        return found;
    }

    private static (double LogWeight, Dictionary<string, (SampleSite Site, Tensor LogInverse)> Sites) OfRun(EnumeratedRun run)
    {
        Dictionary<SampleSite, (Factor Table, Tensor Zero)> marked = [];
        ScoredFactors scores = run.Factors(change: (site, factor) => IsData(site) && site.Round is null ? Marked(run, site, factor, marked) : factor);
        Tensor total = ((Tensor)0.0).To(DType.Float64), weight = scores.Rest is { } rest ? rest.To(DType.Float64).Detach() : total;
        foreach ((IReadOnlyList<Factor> factors, double scale) in scores.Groups)
        {
            Tensor sum = new SumProduct(run.Handler.PlatesOf, keepsSteps: true).Total(factors);
            (total, weight) = (total + sum, weight + (sum.Detach() * scale));
        }
        if (double.IsNaN(weight.Item()) || (run.Choices.Count == 0 && weight.Item() == double.NegativeInfinity))
        {
            throw Discrete.Impossible(run.Handler.Sites.Keys.FirstOrDefault(), double.IsNaN(weight.Item()));
        }
        SampleSite[] order = [.. marked.Keys];
        Tensor?[] gradients = order.Length == 0 ? [] : Gradient.OrNull(total, [.. order.Select(site => marked[site].Zero)]);
        Dictionary<string, (SampleSite, Tensor)> sites = [];
        for (int i = 0; i < order.Length; i++)
        {
            sites[order[i].Name] = (order[i], LogInverse(run, order[i], marked[order[i]].Table, gradients[i]!));
        }
        foreach (SampleSite site in run.Trace.SampleSites.Where(site => IsData(site) && site.Round is null && !marked.ContainsKey(site)))
        {
            sites[site.Name] = (site, SeriesOf(run, site.Name) is { Length: > 0 } rounds ? -OfSeries(run, site, rounds, total)
                : -run.Trace.UnscaledScore(site));
        }
        return (weight.Item(), sites);
    }

    private static SampleSite[] SeriesOf(EnumeratedRun run, string name) =>
        [.. run.Trace.SampleSites.Where(site => IsData(site) && site.Round?.Name == name)];

    /// <summary>The log-density of all rounds of a loop together, which are one observation.</summary>
    private static Tensor OfSeries(EnumeratedRun run, SampleSite whole, SampleSite[] rounds, Tensor total)
    {
        HashSet<SampleSite> lifted = [];
        ScoredFactors without = run.Factors(change: (site, factor) =>
        {
            if (Array.IndexOf(rounds, site) < 0)
            {
                return factor;
            }
            lifted.Add(site);
            return factor.Plates.Length == 0
                ? new Factor(Tensor.Zeros(factor.Table.Shape, DType.Float64), factor.Axes, factor.Plates)
                : throw new ModelException(ModelError.EnumerationImpossible, whole.Name,
                    "it is one observation of all rounds of a loop for each entry of its plates, and a discrete site of the loop is summed out. "
                        + "Write the rounds as sites of their own ($\"y_{t}\"), which are observations one by one.");
        });
        Tensor rest = rounds.Where(site => !lifted.Contains(site)).Aggregate((Tensor)0.0, (sum, site) => sum + run.Trace.UnscaledScore(site));
        Tensor left = without.Groups.Aggregate((Tensor)0.0, (sum, group) => sum + new SumProduct(run.Handler.PlatesOf).Total(group.Factors));
        return lifted.Count == 0 ? rest : rest + (total.Detach() - left);
    }

    private static bool IsData(SampleSite site) => site.IsObserved && !site.IsTermOfLatent && site.Distribution is not Unit;

    private static Factor Marked(EnumeratedRun run, SampleSite site, Factor factor, Dictionary<SampleSite, (Factor, Tensor)> marked)
    {
        double weight = FactorReader.TermScaleOf(site);
        bool isWeighted = Array.Exists(factor.Axes, axis => FactorReader.TermScaleOf(run.Handler.SiteOf(axis).Site) != weight);
        if (isWeighted || site.Weight is not null)
        {
            throw new ModelException(ModelError.EnumerationImpossible, site.Name,
                "a ScaleHandler weights the data inside of a sum over discrete sites, so that an observation has no log-density of its own given the "
                    + "others. Ask for log-densities of the model without the handler.");
        }
        int[] hidden = [.. Enumerable.Range(0, factor.Axes.Length)];
        Tensor table = factor.Full().To(DType.Float64).Detach();
        Tensor floored = hidden.Length == 0 ? table : Tensor.Maximum(table, table.Max(hidden, keepDimensions: true) - Impossible);
        Tensor zero = Tensor.Zeros(table.Shape, DType.Float64).AsVariable();
        marked[site] = (new Factor(floored, factor.Axes, factor.Plates), zero);
        return new Factor(floored + zero, factor.Axes, factor.Plates);
    }

    /// <summary>The log of the mean of the inverse density.</summary>
    private static Tensor LogInverse(EnumeratedRun run, SampleSite site, Factor table, Tensor gradient)
    {
        double scale = table.Plates.Aggregate(1.0, (product, plate) => product * plate.Scale);
        Tensor terms = Tensor.Maximum(gradient.Detach() / scale, 0).Log() - table.Table;
        int hidden = checked((int)table.Axes.Aggregate(1L, (product, axis) => product * axis.Size));
        Shape entries = Factor.ShapeOf([], table.Plates);
        Tensor mean = terms.Reshape([hidden, checked((int)entries.Count)]).LogSumExp(0);
        return mean.Reshape(run.Trace.UnscaledScore(site).Shape);
    }
}
