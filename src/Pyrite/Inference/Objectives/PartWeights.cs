using Pyrite.Language.Sites;

namespace Pyrite.Inference.Objectives;

/// <summary>The importance weights p(x, z) / q(z) of one independent part of guide and model: a number for each entry of its plates.</summary>
/// <remarks>A bound with a logarithm holds for the densities themselves. What repeats them, the scale of subsampled plates and of handlers around the
/// whole part, therefore stands outside of the logarithm: the latent sites' scale is taken out, and a data site with another one keeps the rest, as a
/// model whose likelihood is tempered. Where this cannot be, because a subsample is only a part of what hangs together or the latent sites count
/// differently, the logarithm of the mean would not be a bound, and the part is averaged: it counts as in the evidence lower bound.</remarks>
internal sealed class PartWeights
{
    private readonly IndependentPart part;
    private readonly double klWeight;
    private readonly double outerScale;
    private readonly Tensor? outerWeight;

    /// <summary>Looks at the scales of a part in the runs of a step.</summary>
    /// <param name="part">The part.</param>
    /// <param name="step">The step.</param>
    /// <param name="klWeight">The weight of the latent sites' terms.</param>
    public PartWeights(IndependentPart part, ElboStep step, double klWeight)
    {
        this.part = part;
        this.klWeight = klWeight;
        SampleSite? example = null;
        foreach ((SampleSite site, bool _, bool isLatent) in step.Runs.SelectMany(Terms))
        {
            IsAveraged |= site.PlateFrames.Any(plate => plate.SubsampleSize != plate.Size && !part.Plates.Contains(plate));
            if (isLatent)
            {
                example ??= site;
                IsAveraged |= site.Scale != example.Scale || !AreSame(site.Weight, example.Weight);
            }
        }
        (outerScale, outerWeight) = (example?.Scale ?? 1, example?.Weight);
        IsAveraged |= example is null || outerScale == 0 || !LiesInPlates(outerWeight)
            || step.Runs.SelectMany(Terms).Any(term => !term.IsLatent && !SharesWeight(term.Site));
    }

    /// <summary>Whether the part counts as in the evidence lower bound.</summary>
    public bool IsAveraged { get; }

    /// <summary>The logarithm of the weight of each entry, of one run.</summary>
    public Tensor LogWeight(ElboRun run)
    {
        Tensor? total = null;
        foreach ((SampleSite site, bool isInGuide, bool isLatent) in Terms(run))
        {
            Tensor density = Entries(IsAveraged ? site.LogProb() : Inner(site, isLatent), site.PlateFrames);
            density = isLatent && klWeight != 1 ? density * klWeight : density;
            total = total is null ? (isInGuide ? -density : density) : isInGuide ? total - density : total + density;
        }
        return total ?? 0.0;
    }

    /// <summary>The log-density of the draws of each entry that gradients do not flow through, of one run; null where there are none.</summary>
    public Tensor? Score(ElboRun run)
    {
        Tensor? total = null;
        foreach (SampleSite site in ScoreFunction.Scored(run))
        {
            if (part.Names.Contains(site.Name))
            {
                Tensor density = Entries(site.UnscaledLogProb(), site.PlateFrames);
                total = total is null ? density : total + density;
            }
        }
        return total;
    }

    /// <summary>The sum over the entries, each as often as it counts.</summary>
    public Tensor Sum(Tensor entries)
    {
        entries = IsAveraged || outerWeight is null ? entries : entries * outerWeight;
        return (IsAveraged || outerScale == 1 ? entries : entries * outerScale).Sum();
    }

    /// <summary>The sites that count: those of the guide, and those of the model but for what is drawn from its prior.</summary>
    private IEnumerable<(SampleSite Site, bool IsInGuide, bool IsLatent)> Terms(ElboRun run)
    {
        foreach (Site site in run.Guide.SiteList)
        {
            if (site is SampleSite sample && part.Names.Contains(site.Name))
            {
                yield return (sample, true, true);
            }
        }
        foreach (Site site in run.Model.SiteList)
        {
            if (site is SampleSite sample && (sample.IsObserved || !sample.IsFromPrior) && part.Names.Contains(site.Name))
            {
                yield return (sample, false, !sample.IsObserved);
            }
        }
    }

    /// <summary>The log-density of a site without what stands outside of the logarithm.</summary>
    private Tensor Inner(SampleSite site, bool isLatent)
    {
        Tensor density = site.UnscaledLogProb();
        if (isLatent)
        {
            return density;
        }
        density = AreSame(site.Weight, outerWeight) ? density : density * site.Weight!;
        return site.Scale == outerScale ? density : density * (site.Scale / outerScale);
    }

    private bool SharesWeight(SampleSite site) => outerWeight is null || AreSame(site.Weight, outerWeight);

    private bool LiesInPlates(Tensor? weight)
    {
        for (int dimension = -1; weight is not null && dimension >= -weight.Rank; dimension--)
        {
            if (weight.Shape[dimension] != 1 && PlateShape.At(part.Plates, dimension) is null)
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>Weights of a handler in the model and of another one in the guide are the same if their numbers are.</summary>
    private static bool AreSame(Tensor? a, Tensor? b) =>
        ReferenceEquals(a, b)
            || (a is not null && b is not null && a.Shape == b.Shape && a.ToArray<double>().AsSpan().SequenceEqual(b.ToArray<double>()));

    private Tensor Entries(Tensor density, PlateFrame[] plates) =>
        part.Plates.Count == 0 ? density.Sum() : new PlateTensor(density, plates).SumTo(part.Plates).Value;
}
