using Pyrite.Inference.Guides;
using Pyrite.Language;
using static Pyrite.Primitives;

namespace Pyrite;

/// <summary>A guide that draws all unconstrained numbers of the model together, as one vector, and so can learn how they depend on each
/// other.</summary>
/// <remarks>The vector is the auxiliary site <c>auto.latent</c>; each latent site is a stretch of it, mapped onto the site's support with its
/// Jacobian. Latent sites of subsampled plates are refused: they have no fixed place in a vector. Derive from it for a guide of your own: give
/// <see cref="Posterior"/>, whose parameters are <see cref="Primitives.Param(string, Tensor, Constraint?, int?)"/> of names that begin with
/// <see cref="AutoGuide{T}.Prefix"/>.</remarks>
/// <typeparam name="T">What the model takes.</typeparam>
public abstract class AutoJointGuide<T> : AutoGuide<T>
{
    private Tensor? startVector;

    /// <summary>A guide of a model, which runs once when the guide first does.</summary>
    /// <param name="model">The model.</param>
    /// <param name="start">Where the guide starts; <see cref="GuideStart.PriorMedian"/> if not given.</param>
    protected AutoJointGuide(Action<T> model, GuideStart? start = null)
        : base(model ?? throw new ArgumentNullException(nameof(model)), start ?? GuideStart.PriorMedian)
    {
    }

    /// <summary>A name for each entry of the vector: the site, and a number where it has several.</summary>
    /// <exception cref="InvalidOperationException">The guide has not run yet.</exception>
    public IReadOnlyList<string> Coordinates =>
        [.. KnownSites.SelectMany(site => site.FreeNames())];

    /// <summary>How many unconstrained numbers the model has.</summary>
    /// <exception cref="InvalidOperationException">The guide has not run yet.</exception>
    protected internal int Size => KnownSites.Sum(site => site.FreeCount);

    /// <summary>Where the guide starts, [size].</summary>
    /// <exception cref="InvalidOperationException">The guide has not run yet.</exception>
    protected internal Tensor StartVector => startVector ??= Flatten();

    /// <summary>The networks of the guide, if it has any.</summary>
    protected internal virtual IEnumerable<Module> Networks => [];

    /// <summary>The distribution of the vector: batch [], event [size], with a density on all real vectors. It states its parameters with
    /// <c>Param</c>, at every call.</summary>
    protected internal abstract Distribution Posterior();

    /// <summary>A vector from standard Normal numbers, and the logarithm of the volume change; the way a <see cref="NeuTraHandler{T}"/>
    /// goes.</summary>
    /// <param name="noise">[.., size].</param>
    /// <exception cref="NotSupportedException">The guide is no such map; so unless overridden.</exception>
    protected internal virtual (Tensor Vector, Tensor LogChange) FromNoise(Tensor noise) =>
        throw new NotSupportedException(
            $"{Kind} is no smooth map of Normal numbers. Use AutoDiagonalNormal, AutoMultivariateNormal, AutoNormalizingFlow or AutoIaf.");

    /// <summary>Whether an angle is among the sites.</summary>
    internal bool HasAngles => KnownSites.Any(site => site.IsTurning);

    /// <summary>Means and standard deviations, [size], by which the turns of angles are told apart; null where they are not.</summary>
    protected internal virtual (Tensor Loc, Tensor Scale)? TurnsOf() => null;

    internal sealed override void State(T data)
    {
        IReadOnlyDictionary<string, Tensor>? indices = PlateIndices?.Invoke(data);
        Tensor vector;
        using (CommonScale() is not 1 and double scale ? new ScaleHandler(scale).Enter() : HandlerStack.Mark())
        {
            vector = Sample($"{Prefix}.latent", Posterior(), auxiliary: true);
        }
        foreach ((GuideSite site, Tensor value, Tensor? change) in Split(vector, HasAngles ? TurnsOf() : null))
        {
            using HandlerScope plates = GuidePrototype.Enter(Kind, site, indices, isJoint: true);
            Sample(site.Name, new Delta(value, change is null ? null : -change, site.Event.Rank, validate: false), options: site.Options);
        }
    }

    /// <summary>What the vector is scaled by: as its sites are, which must be alike.</summary>
    private double CommonScale()
    {
        GuideSurroundings? known = GuideSurroundings.Current();
        GuideSite first = KnownSites[0];
        double common = known?.Scale(first) ?? first.Scale;
        foreach (GuideSite site in KnownSites)
        {
            double scale = known?.Scale(site) ?? site.Scale;
            if (Math.Abs(scale - common) > 1e-9 * common)
            {
                throw new ModelException(ModelError.GuideUnsuitable, site.Name,
                    string.Create(System.Globalization.CultureInfo.InvariantCulture,
                        $"{Kind} draws all latents as one vector, but the model scales them differently: \"{first.Name}\" by {common:G6}, this one "
                            + $"by {scale:G6}. Put all latents into one ScaleHandler, or use AutoNormal for this site in an AutoGuideList."));
            }
        }
        return common;
    }

    internal sealed override IEnumerable<(GuideSite Site, Tensor Value)> DrawSites(RandomKey key, Shape sampleShape)
    {
        Tensor vectors = Posterior().Sample(key, sampleShape);
        return Split(vectors).Select(part => (part.Site, part.Value));
    }

    internal sealed override List<GuideSite> Prepare(T data)
    {
        List<GuideSite> found = base.Prepare(data);
        if (found.Find(site => site.IsSubsampled) is { } local)
        {
            GuidePrototype.RequireSeparate(Kind, local, local.Plates.First(one => one.SubsampleSize != one.Size), isJoint: true);
        }
        if (found.Find(site => !site.CountsAll || site.Weights is not null) is { } masked)
        {
            string what = !masked.CountsAll ? "masks entries of the site, so that nothing would hold them" : "weighs entries of the site differently";
            throw new ModelException(ModelError.GuideUnsuitable, masked.Name,
                $"{Kind} draws all latents as one vector, but the model {what}. Use AutoNormal for this site in an AutoGuideList, or mark it "
                    + "fromPrior: true.");
        }
        Begin(found);
        return found;
    }

    /// <summary>The sites' values from vectors [.., size].</summary>
    /// <param name="vectors">The vectors.</param>
    /// <param name="turns">The law of the turns of angles (<see cref="TurnsOf"/>), where a density is wanted that is one on the line; null for that
    /// of the circle.</param>
    internal IEnumerable<(GuideSite Site, Tensor Value, Tensor? LogChange)> Split(Tensor vectors, (Tensor Loc, Tensor Scale)? turns = null)
    {
        int offset = 0;
        foreach (GuideSite site in KnownSites)
        {
            (Tensor, Tensor)? law =
                turns is { } all && site.IsTurning ? (Numbers(site, all.Loc, offset, 0.0), Numbers(site, all.Scale, offset, 1.0)) : null;
            (Tensor value, Tensor? change) = site.Constrain(Numbers(site, vectors, offset, 0.0), law);
            offset += site.FreeCount;
            yield return (site, value, site.Counted(change));
        }
    }

    /// <summary>A site's unconstrained numbers out of vectors [.., size].</summary>
    private protected static Tensor Numbers(GuideSite site, Tensor vectors, int offset, double elsewhere) =>
        site.Spread(vectors.Slice(-1, offset, site.FreeCount).Reshape(vectors.Shape[..^1] + site.LearntBatch + site.FreeEvent), site.FreeEvent.Rank,
            elsewhere);

    /// <summary>The sites have just become known: what depends on their number can be made.</summary>
    private protected virtual void Begin(List<GuideSite> sites)
    {
    }

    /// <summary>The vector at which the sites start.</summary>
    private protected static Tensor Join(IEnumerable<GuideSite> sites)
    {
        using NoGradient.Scope untracked = NoGradient.Begin();
        return Tensor.Concat([.. sites.Select(site => site.FreeStart.Reshape(-1))]).Keep();
    }

    private Tensor Flatten() => Join(KnownSites);
}
