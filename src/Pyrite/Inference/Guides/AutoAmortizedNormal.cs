using Pyrite.Inference.Guides;
using static Pyrite.Primitives;

namespace Pyrite;

/// <summary>A guide whose Normal distributions come out of a network that looks at the data of each entry, so that a subsampled plate needs no
/// parameters for every entry.</summary>
/// <remarks>For latent sites inside plates. The network is registered as <c>auto.encoder</c>. Kingma and Welling, "Auto-encoding variational Bayes",
/// 2014.</remarks>
/// <typeparam name="T">What the model takes.</typeparam>
public sealed class AutoAmortizedNormal<T> : AutoGuide<T>
{
    private readonly Module encoder;
    private readonly Func<T, string, Tensor> encode;

    /// <summary>Makes the guide; the model runs once when the guide first does.</summary>
    /// <param name="model">The model, its other latent sites hidden.</param>
    /// <param name="encoder">The network that learns.</param>
    /// <param name="encode">From the data and a site's name to [plates…, 2 n], for n unconstrained numbers per entry: their means and the
    /// logarithms of their standard deviations. It runs inside the site's plates, so <c>Subsample</c> gives the data present.</param>
    public AutoAmortizedNormal(Action<T> model, Module encoder, Func<T, string, Tensor> encode)
        : base(model ?? throw new ArgumentNullException(nameof(model)), GuideStart.Feasible)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(encode);
        this.encoder = encoder;
        this.encode = encode;
    }

    internal override void State(T data)
    {
        IReadOnlyDictionary<string, Tensor>? indices = PlateIndices?.Invoke(data);
        Register($"{Prefix}.encoder", encoder);
        foreach (GuideSite site in KnownSites)
        {
            using HandlerScope plates = GuidePrototype.Enter(Kind, site, indices);
            Sample(site.Name, Posterior(site, encode(data, site.Name)), options: site.Options);
        }
    }

    internal override IEnumerable<(GuideSite Site, Tensor Value)> DrawSites(RandomKey key, Shape sampleShape) =>
        throw new NotSupportedException(
            "AutoAmortizedNormal depends on data, so it has no draws or quantiles of its own. Use Svi.Predict or Predictive.Draw with the data.");

    internal override List<GuideSite> Prepare(T data)
    {
        List<GuideSite> sites = base.Prepare(data);
        return sites.Find(site => site.Plates.Count == 0) is { } global
            ? throw new ModelException(ModelError.GuideUnsuitable, global.Name,
                "AutoAmortizedNormal learns the latents of plates from each entry's data, but the site stands in no plate. Hide it from this part, "
                    + "BlockHandler.Hide(…).Wrap<T>(model), and add an AutoNormal for it to an AutoGuideList.")
            : sites.ConvertAll(site => site with { IsAmortized = true });
    }

    private static Distribution Posterior(GuideSite site, Tensor numbers)
    {
        int count = checked((int)site.FreeEvent.Count);
        if (numbers.Rank == 0 || numbers.Shape[^1] != 2 * count)
        {
            throw new ModelException(ModelError.GuideUnsuitable, site.Name,
                $"the network gave numbers of shape {numbers.Shape}; the site needs {2 * count} an entry in the last axis: {count} means "
                    + $"and {count} logarithms of standard deviations. Change the network's last layer.");
        }
        Shape shape = numbers.Shape[..^1] + site.FreeEvent;
        Tensor loc = numbers.Slice(-1, 0, count).Reshape(shape);
        Tensor scale = numbers.Slice(-1, count, count).Reshape(shape).Exp();
        Distribution free = site.FreeNormal(loc, scale);
        return site.ToSupport is null ? free : new PushforwardDistribution(free, site.ToSupport, numbers.Shape[..^1], site.Event);
    }
}
