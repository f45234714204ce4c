using Pyrite.Language.Sites;

namespace Pyrite.Language.Markov;

/// <summary>Tells sites in which step of a loop they are.</summary>
/// <param name="step">The step.</param>
internal sealed class MarkovHandler(MarkovStep step) : Handler
{
    protected internal override void Before(SampleSite site) => site.Steps = [.. site.Steps, step];
}
