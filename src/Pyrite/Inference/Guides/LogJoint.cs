using Pyrite.Inference.Parameters;
using Pyrite.Language;


namespace Pyrite.Inference.Guides;

/// <summary>The log-density of a model's latent sites and data on the unconstrained side, Jacobian included, as a function of one vector.</summary>
internal sealed class LogJoint<T>(Action<T> model, T data, AutoJointGuide<T> guide, ParamStore? parameters)
{
    private readonly RandomKey key = RandomKey.FromSeed(0).Child("log joint");

    /// <summary>log p(data, z(u)) + log |dz/du|, a scalar.</summary>
    public Tensor At(Tensor vector)
    {
        Dictionary<string, Tensor> values = [];
        Tensor total = 0;
        foreach ((GuideSite site, Tensor value, Tensor? change) in guide.Split(vector))
        {
            values.Add(site.Name, value);
            total = change is null ? total : total + change.Sum();
        }
        Handler store = parameters is null ? new BlockHandler(_ => false) : new ParamStoreHandler(parameters, 0);
        Trace trace =
            TracedRun.Of("model", () => model(data), store, new SeedHandler(key.Child("draws"), key.Child("plates")), new SubstituteHandler(values));
        return total + trace.LogProb(site => !site.IsFromPrior || site.IsObserved);
    }
}
