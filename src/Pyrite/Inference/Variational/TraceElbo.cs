namespace Pyrite;

/// <summary>The evidence lower bound from draws alone: loss = log q(z) - log p(x, z), summed over the data present.</summary>
/// <remarks>Gradients flow through the draws of reparameterized sites; other latent sites use the score function (Ranganath, Gerrish and Blei,
/// "Black box variational inference", 2014). Source of the bound: Kingma and Welling, "Auto-encoding variational Bayes", 2014, equation 2.</remarks>
/// <param name="particles">How many runs of model and guide to average; at least 1.</param>
public sealed class TraceElbo(int particles = 1) : Elbo(particles)
{
    /// <inheritdoc/>
    protected internal override ElboTerm Evaluate(Trace model, Trace guide)
    {
        // A latent that is drawn from its prior has that for its guide, too: its terms cancel.
        Tensor loss = guide.LogProb() - model.LogProb(site => !site.IsFromPrior || site.IsObserved);
        Tensor? score = null;
        AddScores(guide.Sites, site => !site.IsObserved, ref score);
        AddScores(model.Sites, site => !site.IsObserved && site.IsFromPrior, ref score);
        return new ElboTerm(loss, score is null ? loss : loss + (loss.Detach() * score));
    }

    private static void AddScores(IReadOnlyList<Site> sites, Func<SampleSite, bool> isDrawn, ref Tensor? score)
    {
        foreach (Site site in sites)
        {
            if (site is SampleSite sample && isDrawn(sample) && !sample.Distribution.HasReparameterizedSample)
            {
                Tensor term = sample.LogProb().Sum();
                score = score is null ? term : score + term;
            }
        }
    }
}
