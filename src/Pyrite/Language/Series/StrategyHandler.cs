namespace Pyrite.Language.Series;

/// <summary>Draws variables of a round by others, as handlers around the loop ask for.</summary>
/// <param name="loop">The loop.</param>
internal sealed class StrategyHandler(SeriesLoop loop) : Handler
{
    protected internal override void Before(SampleSite site)
    {
        if (loop.Strategies.TryGetValue(site.Name, out Reparameterization? strategy) && !site.HasValue)
        {
            loop.IsRestating = true;
            try
            {
                Statements.Replace(site, strategy.Apply(site));
            }
            finally
            {
                loop.IsRestating = false;
            }
        }
    }
}
