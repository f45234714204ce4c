using Pyrite.Inference.Agreement;
using Pyrite.Inference.Objectives;
using Pyrite.Language.Sites;


namespace Pyrite;

/// <summary>The evidence lower bound with the divergence of each latent site in closed form, where <see cref="KullbackLeibler"/> has one.</summary>
/// <remarks>Needs guides whose draws gradients flow through, and priors that depend only on what the guide has drawn before the site. Other sites
/// fall back to draws and are listed in <see cref="SampledSites"/>. Lower variance than <see cref="TraceElbo"/>, but not always: at the exact
/// posterior its gradients do not vanish.</remarks>
/// <param name="particles">How many runs of model and guide to average; at least 1.</param>
public sealed class MeanFieldElbo(int particles = 1) : AveragedElbo(particles)
{
    private readonly List<string> sampled = [];

    /// <summary>The sites of the last step whose divergence has no closed form here, and was taken from the draw.</summary>
    public IReadOnlyList<string> SampledSites => [.. sampled];

    /// <inheritdoc/>
    protected override ElboTerm Evaluate(ElboStep step, ElboRun run)
    {
        sampled.Clear();
        RequirePathwise(run.Guide);
        MeanFieldOrder.Verify(step, run);
        Tensor? divergence = null;
        Tensor? likelihood = null;
        foreach (Site site in run.Guide.SiteList)
        {
            // What the model does not draw: auxiliary draws, and factors of the guide.
            if (site is SampleSite drawn && (drawn.IsObserved || run.Model.Find(site.Name) is not SampleSite))
            {
                Accumulate(ref divergence, drawn.LogProb().Sum());
            }
        }
        foreach (Site site in run.Model.SiteList)
        {
            if (site is SampleSite { IsObserved: true } data)
            {
                Accumulate(ref likelihood, data.LogProb().Sum());
            }
            else if (site is SampleSite latent && !latent.IsFromPrior && run.Guide.Find(site.Name) is SampleSite drawn)
            {
                Accumulate(ref divergence, Divergence(drawn, latent).Sum());
            }
        }
        double weight = KlWeightAt(step);
        Tensor total = divergence ?? 0.0;
        Tensor loss = (weight == 1 ? total : total * weight) - (likelihood ?? 0.0);
        return new ElboTerm(loss, loss);
    }

    private Tensor Divergence(SampleSite drawn, SampleSite latent)
    {
        (Distribution posterior, Distribution prior, Tensor? mask) = (drawn.Distribution, latent.Distribution, latent.Mask ?? drawn.Mask);
        if (posterior.HoldsMask || prior.HoldsMask)
        {
            (mask, int eventAxes) = SiteMask.Of(latent);
            if (eventAxes == 0 && SiteMask.Of(drawn).EventAxes == 0)
            {
                (posterior, prior) = (SiteMask.Without(posterior), SiteMask.Without(prior));
            }
            else
            {
                mask = latent.Mask ?? drawn.Mask;
            }
        }
        Tensor? weight = latent.Weight ?? drawn.Weight;
        if (!CountAlike(drawn, latent) || Counted(posterior, prior, weight, mask) is not { } divergence)
        {
            sampled.Add(latent.Name);
            return drawn.LogProb() - latent.LogProb();
        }
        return latent.Scale == 1 ? divergence : divergence * latent.Scale;
    }

    private static Tensor? Counted(Distribution posterior, Distribution prior, Tensor? weight, Tensor? mask) =>
        AnomalyMode.IsOn && mask is not null ? CountedChecked(posterior, prior, weight, mask) : Weighed(posterior, prior, weight, mask);

    private static Tensor? CountedChecked(Distribution posterior, Distribution prior, Tensor? weight, Tensor mask) =>
        AnomalyMode.Counted(() => Weighed(posterior, prior, weight, mask));

    private static Tensor? Weighed(Distribution posterior, Distribution prior, Tensor? weight, Tensor? mask)
    {
        Tensor? divergence = KullbackLeibler.TryDivergence(posterior, prior);
        divergence = weight is null || divergence is null ? divergence : divergence * weight;
        return mask is null || divergence is null ? divergence : Tensor.Masked(mask, divergence);
    }

    /// <summary>Whether the same entries count in model and guide, and as much: their contract has compared the numbers already, but for those of
    /// points.</summary>
    private static bool CountAlike(SampleSite drawn, SampleSite latent) => drawn.Scale == latent.Scale
        && (!LatentContract.IsPoint(drawn) || (ReferenceEquals(drawn.Weight, latent.Weight) && ReferenceEquals(drawn.Mask, latent.Mask)));

    private static void RequirePathwise(Trace guide)
    {
        foreach (Site site in guide.SiteList)
        {
            if (site is SampleSite { IsObserved: false } drawn && !drawn.Distribution.HasReparameterizedSample)
            {
                throw new ModelException(ModelError.PathwiseGradientNeeded, site.Name,
                    $"its distribution {drawn.Distribution.Name} gives no gradients through its draws, which MeanFieldElbo needs. Use TraceElbo or "
                        + "TraceGraphElbo, or a relaxed distribution.");
            }
        }
    }

    private static void Accumulate(ref Tensor? total, Tensor term) => total = total is null ? term : total + term;
}
