using Pyrite.Language;

namespace Pyrite;

/// <summary>Several guides that together draw a model's latent sites.</summary>
/// <remarks>Give each automatic part a model in which the other parts' sites are hidden: <c>new
/// AutoNormal&lt;T&gt;(BlockHandler.Hide("z").Wrap&lt;T&gt;(Model))</c>. Parts run in their order. A part may be a guide written by hand; methods
/// that read the fit then know the automatic parts only.</remarks>
/// <typeparam name="T">What the model takes.</typeparam>
public sealed class AutoGuideList<T> : AutoGuide<T>
{
    private readonly List<(AutoGuide<T>? Automatic, Action<T> Run)> parts = [];

    /// <summary>An empty list; append parts with <c>Add</c>.</summary>
    public AutoGuideList()
        : base(null, GuideStart.Feasible)
    {
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> SiteNames => [.. parts.SelectMany(part => part.Automatic?.SiteNames ?? [])];

    /// <summary>Appends an automatic guide, whose parameters are from then on called <c>auto.0…</c>, <c>auto.1…</c> by its place.</summary>
    /// <param name="part">The guide.</param>
    /// <returns>The list itself.</returns>
    public AutoGuideList<T> Add(AutoGuide<T> part)
    {
        ArgumentNullException.ThrowIfNull(part);
        part.Rename($"{Prefix}.{parts.Count}");
        parts.Add((part, part.Run));
        return this;
    }

    /// <summary>Appends a guide written by hand.</summary>
    /// <param name="part">The guide.</param>
    /// <returns>The list itself.</returns>
    public AutoGuideList<T> Add(Action<T> part)
    {
        ArgumentNullException.ThrowIfNull(part);
        SynchronousModel.Require(part, "part of the guide");
        parts.Add((null, part));
        return this;
    }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, Tensor> Quantile(ParamStore? parameters, double level) =>
        parts.Where(part => part.Automatic is not null).SelectMany(part => part.Automatic!.Quantile(parameters, level)).ToDictionary();

    internal override void State(T data)
    {
        foreach ((_, Action<T> run) in parts)
        {
            run(data);
        }
    }

    internal override IEnumerable<(GuideSite Site, Tensor Value)> DrawSites(RandomKey key, Shape sampleShape) =>
        parts.Index().Where(part => part.Item.Automatic is not null)
            .SelectMany(part => part.Item.Automatic!.DrawSites(key.Child(part.Index), sampleShape));

    internal override void Rename(string prefix)
    {
        base.Rename(prefix);
        for (int i = 0; i < parts.Count; i++)
        {
            parts[i].Automatic?.Rename($"{prefix}.{i}");
        }
    }

    internal override List<GuideSite> Prepare(T data) => [];
}
