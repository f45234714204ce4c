namespace Pyrite.Inference.Parameters;

/// <summary>Gives param sites the values of a store as constants, which gradients do not reach.</summary>
internal sealed class ConstantParamStoreHandler(ParamStore store) : Handler
{
    protected internal override void Before(ParamSite site)
    {
        if (!site.HasValue)
        {
            site.Value = store.Get(site).Detach();
        }
    }
}
