namespace Pyrite.Plotting;

/// <summary>Pictures of draws: <c>posterior.Plots.Trace("tau").SavePng("tau.png")</c>.</summary>
public static class DrawsExtensions
{
    extension(Draws draws)
    {
        /// <summary>Pictures of these draws.</summary>
        public DrawsPlots Plots => new(draws);
    }

    extension(McmcResult result)
    {
        /// <summary>Pictures of the draws, and of what the sampler reported.</summary>
        public DrawsPlots Plots
        {
            get
            {
                ArgumentNullException.ThrowIfNull(result);
                return new DrawsPlots(result.Draws, result.Statistics);
            }
        }
    }
}
