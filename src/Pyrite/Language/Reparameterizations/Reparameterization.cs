using Pyrite.Language;


namespace Pyrite;

/// <summary>A way to draw a random variable by means of other ones; used by a <see cref="ReparameterizeHandler"/>.</summary>
/// <remarks>Derive from it for a strategy of one's own: state the new variables with <see cref="Sample"/> and return the value that the original one
/// has.</remarks>
public abstract class Reparameterization
{
    /// <summary>States what stands for a latent site.</summary>
    /// <param name="site">The site that is replaced; its distribution is not expanded to its plates yet.</param>
    /// <returns>The value of the site, distributed as the site itself would be.</returns>
    /// <exception cref="ModelException">The site does not suit this strategy.</exception>
    protected internal abstract Tensor Apply(SampleSite site);

    /// <summary>Draws a variable in place of the site, inside the same plates, with its scale and mask.</summary>
    /// <param name="site">The site that is replaced.</param>
    /// <param name="suffix">The new variable is called <c>name_suffix</c>.</param>
    /// <param name="distribution">What it follows.</param>
    protected static Tensor Sample(SampleSite site, string suffix, Distribution distribution) =>
        Statements.Sample(site, $"{site.Name}_{suffix}", distribution);

    /// <summary>The error of a site that does not suit.</summary>
    /// <param name="site">The site.</param>
    /// <param name="message">What was expected, found, and what to do.</param>
    protected static ModelException Unsuitable(SampleSite site, string message) => new(ModelError.ReparameterizationUnsuitable, site.Name, message);

    /// <summary>Replaces the family inside <c>ToEvent</c> and <c>Expand</c>, and puts both around the replacement.</summary>
    /// <param name="distribution">A distribution as a model writes it.</param>
    /// <param name="change">Makes the new family from the old one; the batch shape must stay.</param>
    protected static Distribution Inside(Distribution distribution, Func<Distribution, Distribution> change) => distribution switch
    {
        Independent independent => Inside(independent.Base, change).ToEvent(independent.Axes),
        Expanded expanded => Inside(expanded.Base, change).Expand(expanded.BatchShape),
        _ => change(distribution),
    };
}
