namespace Pyrite.Inference.Parameters;

/// <summary>Gives param sites the values of a store, and adopts registered networks.</summary>
internal sealed class ParamStoreHandler(ParamStore store, ulong seed) : Handler
{
    protected internal override void Before(ParamSite site)
    {
        if (!site.HasValue)
        {
            site.Value = store.Get(site);
        }
    }

    protected internal override void Before(ModuleSite site) => store.Adopt(site, seed);
}
