using Pyrite.Inference.Parameters;
using Pyrite.Language;

namespace Pyrite;

/// <summary>Lets a sampler work in the coordinates of a fitted guide, in which the posterior looks nearly standard Normal.</summary>
/// <remarks>Wrap the model: <c>new NeuTraHandler&lt;T&gt;(guide, svi.Parameters).Wrap&lt;T&gt;(Model)</c>. The only latent left of those that the
/// guide draws is <c>neutra_latent</c>, [size]; the model's own latent sites become deterministic functions of it, with their densities as the
/// factors <c>name_density</c> and the map's volume change as <c>neutra_change</c>, so the posterior stays the same. Hoffman et al., "NeuTra-lizing
/// bad geometry in Hamiltonian Monte Carlo using neural transport", 2019.</remarks>
/// <typeparam name="T">What the model takes.</typeparam>
/// <param name="guide">An AutoNormalizingFlow, AutoIaf, AutoMultivariateNormal or AutoDiagonalNormal that has run.</param>
/// <param name="parameters">Its fit; null for the guide's start.</param>
public sealed class NeuTraHandler<T>(AutoJointGuide<T> guide, ParamStore? parameters) : Handler
{
    // Chains run the wrapped model side by side, each on a thread of its own.
    private readonly ThreadLocal<Dictionary<string, Tensor>?> values = new();

    /// <inheritdoc/>
    protected internal override void Before(SampleSite site)
    {
        if (site.HasValue || !guide.KnownSites.Any(one => one.Name == site.Name))
        {
            return;
        }
        if (!(values.Value ??= Draw()).TryGetValue(site.Name, out Tensor? value))
        {
            return;
        }
        site.ExpandToPlates();
        Tensor density = site.Distribution.LogProb(value);
        HandlerStack.Apply(Statements.Inherit(site, $"{site.Name}_density", new Unit(density), Tensor.Zeros(density.Shape + [0], density.DType)));
        Statements.Replace(site, value);
    }

    /// <inheritdoc/>
    protected internal override void Begin() => values.Value = null;

    /// <summary>States the latent vector and maps it to the sites.</summary>
    private Dictionary<string, Tensor> Draw()
    {
        DType type = guide.StartVector.DType;
        Tensor noise = Primitives.Sample("neutra_latent", new Normal(Tensor.Zeros([guide.Size], type), Tensor.Ones([guide.Size], type)).ToEvent(1));
        (Tensor vector, Tensor change, (Tensor Loc, Tensor Scale)? turns) = Map(noise);
        Dictionary<string, Tensor> all = [];
        foreach ((GuideSite site, Tensor value, Tensor? siteChange) in guide.Split(vector, turns))
        {
            all.Add(site.Name, value);
            change = siteChange is null ? change : change + siteChange.Sum();
        }

        // The latent's own density is only there to be sampled from: the model's takes its place.
        Tensor own = (-0.5 * noise.Square()).Sum() - (0.5 * Math.Log(2 * Math.PI) * guide.Size);
        Primitives.Factor("neutra_change", change - own);
        return all;
    }

    private (Tensor Vector, Tensor LogChange, (Tensor Loc, Tensor Scale)? Turns) Map(Tensor noise)
    {
        using HandlerScope hidden = new BlockHandler().Enter();
        if (parameters is null)
        {
            return Mapped(noise);
        }
        // The fit is given: whoever learns the model does not go on learning the guide.
        using ParameterSubstitution.Scope weights =
            ParameterSubstitution.Begin(
                guide.Networks.SelectMany(network => network.Parameters).ToDictionary(parameter => parameter, parameter => parameter.Value.Detach()));
        using HandlerScope store = new ConstantParamStoreHandler(parameters).Enter();
        return Mapped(noise);
    }

    private (Tensor Vector, Tensor LogChange, (Tensor Loc, Tensor Scale)? Turns) Mapped(Tensor noise)
    {
        (Tensor vector, Tensor change) = guide.FromNoise(noise);
        return (vector, change, guide.HasAngles ? guide.TurnsOf() : null);
    }
}
