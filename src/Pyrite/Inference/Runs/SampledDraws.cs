namespace Pyrite.Inference.Runs;

/// <summary>Draws with what the sampler reported of each.</summary>
internal sealed record SampledDraws(Draws Draws, Draws Statistics)
{
    /// <summary>Only some chains and the first of their draws; null where nothing is kept.</summary>
    public SampledDraws? Keep(KeptChains kept)
    {
        if (kept.Draws == 0)
        {
            return null;
        }
        bool isAll = kept.Chains.Length == Draws.Chains && kept.Draws == Draws.DrawsPerChain;
        return isAll ? this : new SampledDraws(Cut(Draws, kept), Cut(Statistics, kept));
    }

    private static Draws Cut(Draws draws, KeptChains kept) => draws.SelectChains(kept.Chains).Range(..kept.Draws);
}
