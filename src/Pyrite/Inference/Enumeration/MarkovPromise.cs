using Pyrite.Language.Sites;

namespace Pyrite.Inference.Enumeration;

/// <summary>Whether the steps of loops look back no farther than they promise.</summary>
/// <param name="handler">Knows the sites that are summed out.</param>
internal sealed class MarkovPromise(EnumerationHandler handler)
{
    /// <summary>Checks a score.</summary>
    /// <param name="site">The site.</param>
    /// <param name="axes">The values that its log-probability depends on.</param>
    /// <exception cref="ModelException">A value is too old.</exception>
    public void Require(SampleSite site, IEnumerable<HiddenAxis> axes)
    {
        if (site.Steps.Length == 0)
        {
            return;
        }
        foreach (HiddenAxis axis in axes)
        {
            foreach (MarkovStep step in site.Steps)
            {
                if (handler.Find(axis)?.Site.Steps.FirstOrDefault(other => other.Loop == step.Loop) is { } earlier
                    && step.Number - earlier.Number > step.History)
                {
                    throw new ModelException(ModelError.BeyondHistory, site.Name, FormattableString.Invariant(
                        $"it is stated in step {step.Number} of a loop of Markov and depends on \"{axis}\" of step {earlier.Number}, but the loop ")
                        + FormattableString.Invariant($"promises to look back {step.History} step{(step.History == 1 ? "" : "s")} at most. Say ")
                        + FormattableString.Invariant($"history: {step.Number - earlier.Number}, or let the site depend on nearer steps alone."));
                }
            }
        }
    }
}
