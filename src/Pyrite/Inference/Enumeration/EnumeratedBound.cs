using Pyrite.Inference.Enumeration.Sums;

namespace Pyrite.Inference.Enumeration;

/// <summary>The evidence lower bound of one draw of the continuous sites, exact in the discrete ones.</summary>
/// <remarks>Sites of the guide: the expectation under the guide's probabilities, term by term. Sites of the model alone: summed out of the model's
/// joint density, which leaves tables of the guide's sites.</remarks>
internal sealed class EnumeratedBound
{
    private readonly EnumeratedStep step;
    private readonly Trace guide;
    private readonly double klWeight;
    private readonly GuideWeights weights;
    private readonly List<Tensor> terms = [];

    private EnumeratedBound(EnumeratedStep step, double klWeight)
    {
        (this.step, guide, this.klWeight) = (step, step.Trace, klWeight);
        FactorReader reader = new(step.Scope, step.Guide);
        weights =
            new GuideWeights(step.Guide, [.. step.Guide.Sites.Values.Select(site => (site, reader.Of(guide, site.Site)!))]);
    }

    /// <summary>The probability that the guide gives to the values of its sequential sites, a scalar.</summary>
    /// <exception cref="ModelException">The values have no probability of their own.</exception>
    public static Tensor Probability(EnumeratedStep step)
    {
        Tensor total = 0.0;
        foreach ((string name, _, _) in step.Choices)
        {
            SampleSite site = (SampleSite)step.Trace[name];
            Tensor score = FactorReader.ScoreOf(step.Trace, site).Sum();
            total += step.Scope.Find(score) is null
                ? score
                : throw new ModelException(ModelError.EnumerationImpossible, name,
                    "the guide takes it value by value (Enumerate.Sequential), but its probability depends on a site whose values are taken at once. "
                        + "Leave the option out, or give it to the other site too.");
        }
        return total.Exp();
    }

    /// <summary>The loss: log q - log p, a scalar.</summary>
    public static Tensor Loss(EnumeratedStep step, double klWeight)
    {
        EnumeratedBound bound = new(step, klWeight);
        bound.AddGuide();
        if (step.Model.Runs.Count == 1)
        {
            bound.AddModel(step.Model.Runs[0]);
            return bound.Sum();
        }
        if (step.Guide.Sites.Count > 0 || klWeight != 1)
        {
            throw new ModelException(ModelError.EnumerationImpossible, step.Model.Runs[0].Choices[0].Name,
                "the model takes it value by value (Enumerate.Sequential), which EnumerationElbo does beside guides that take no site's values at "
                    + "once, and with a KL weight of 1. Leave the option out, or give the site to the guide.");
        }
        return bound.Sum() - step.Model.LogEvidence();
    }

    private Tensor Sum() => terms.Aggregate((Tensor)0.0, (sum, term) => sum + term);

    private void AddGuide()
    {
        FactorReader reader = new(step.Scope, step.Guide);
        foreach (SampleSite site in guide.SampleSites.Where(site => !site.IsObserved))
        {
            // What a mask leaves out has no term, though its weights sum to one.
            if (reader.Of(guide, site, isMax: true) is { } factor)
            {
                terms.Add(Expected(factor) * (klWeight * FactorReader.TermScaleOf(site)));
            }
            else
            {
                terms.Add(Weighted(guide.Score(site).Sum(), klWeight));
            }
        }
        foreach (SampleSite site in guide.SampleSites.Where(site => site.IsObserved))
        {
            terms.Add(guide.Score(site).Sum());
        }
    }

    private void AddModel(EnumeratedRun run)
    {
        FactorReader reader = new(step.Scope, run.Handler);
        HashSet<HiddenAxis> own = [.. run.Handler.Sites.Values.Select(site => site.Axis)];
        List<(Factor Factor, SampleSite Site)> meeting = [];
        foreach (SampleSite site in run.Trace.SampleSites.Where(site => site.IsObserved || !site.IsFromPrior))
        {
            double weight = site.IsObserved && !site.IsTermOfLatent ? 1 : klWeight;
            if (reader.Of(run.Trace, site) is not { } factor)
            {
                terms.Add(-Weighted(run.Trace.Score(site).Sum(), weight));
            }
            else if (factor.Axes.Any(axis => own.Contains(axis.Whole)))
            {
                meeting.Add((factor, site));
            }
            else
            {
                terms.Add(-Expected(factor) * (weight * FactorReader.TermScaleOf(site)));
            }
        }
        AddSums(run, meeting, own);
    }

    /// <summary>What depends on sites of the model alone: these are summed out, and the guide's expectation taken of what is left.</summary>
    private void AddSums(EnumeratedRun run, List<(Factor Factor, SampleSite Site)> meeting, HashSet<HiddenAxis> own)
    {
        (IReadOnlyList<Factor> weighted, double scale) =
            ScoredFactors.Weighted([.. meeting.Select(entry => (entry.Factor, FactorReader.ScaleOf(entry.Site), entry.Site))], run.Handler);
        foreach ((_, SampleSite site) in meeting)
        {
            if (klWeight != 1 && (!site.IsObserved || site.IsTermOfLatent) && !run.Handler.Sites.ContainsKey(site.Name))
            {
                throw new ModelException(ModelError.EnumerationImpossible, site.Name,
                    "its prior depends on a discrete site that is summed out of the model, so that it has no term of its own for KlWeight. Leave "
                        + "KlWeight out, or enumerate the discrete site in the guide.");
            }
        }
        HiddenAxis[] kept = [.. meeting.SelectMany(entry => entry.Factor.Axes).Where(axis => !own.Contains(axis.Whole)).Distinct()];
        foreach (Factor left in new SumProduct(PlatesOf(run)).Reduce(weighted, kept))
        {
            terms.Add(-Expected(left) * scale);
        }
    }

    private Func<HiddenAxis, PlateKey[]> PlatesOf(EnumeratedRun run) =>
        axis => (run.Handler.Sites.ContainsKey(axis.Whole.Name) ? run.Handler : step.Guide).PlatesOf(axis);

    /// <summary>The guide's expectation of a table, multiplied over its plates.</summary>
    private Tensor Expected(Factor factor)
    {
        if (factor.Axes.Length == 0)
        {
            return factor.SumOver(factor.Plates).Table;
        }
        Factor probabilities = weights.Of(factor.Axes);
        PlateKey[] plates = PlateKey.Sorted(factor.Plates.Concat(probabilities.Plates));
        Tensor chance = probabilities.Aligned(factor.Axes, plates), score = factor.Aligned(factor.Axes, plates);

        // What cannot happen counts nothing, whatever its score.
        Tensor none = chance.EqualTo(0);
        Tensor product = Tensor.Where(none, 0.0, chance * Tensor.Where(none, 0.0, score));
        Factor joint = new(product.Sum([.. Enumerable.Range(0, factor.Axes.Length)]), [], plates);
        return joint.SumOver(plates).Table;
    }

    private static Tensor Weighted(Tensor term, double weight) => weight == 1 ? term : term * weight;
}
