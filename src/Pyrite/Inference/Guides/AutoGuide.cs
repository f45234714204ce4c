using Pyrite.Inference.Guides;
using Pyrite.Inference.Parameters;
using Pyrite.Language;

namespace Pyrite;

/// <summary>A guide made from its model: it looks at the model's latent sites when it first runs, and draws each of them.</summary>
/// <remarks>Latent sites are mapped to the reals by <see cref="ConstraintRegistry.BijectTo"/>. The learnt numbers belong to the <see cref="Svi{T}"/>;
/// methods that read the fit take its <see cref="ParamStore"/>, and without one use the numbers at which the guide starts. Results are copies on
/// which gradients do not flow. Angles lie on the circle: what is Gaussian elsewhere is wound around it, draws lie where those of
/// <see cref="VonMises"/> lie, and quantiles are counted from the mean direction, so that they may pass ±π. Guides of all latents together
/// (<see cref="AutoJointGuide{T}"/>) draw the turn beside the angle; their loss stays a bound.</remarks>
/// <typeparam name="T">What the model takes.</typeparam>
public abstract class AutoGuide<T>
{
    private readonly Action<T>? model;
    private readonly GuideStart start;
    private readonly Lock prototyping = new();
    private List<GuideSite>? sites;
    private List<GuideSite> idle = [];

    private protected AutoGuide(Action<T>? model, GuideStart start)
    {
        SynchronousModel.Require(model);
        this.model = model;
        this.start = start;
    }

    /// <summary>What the names of this guide's parameters begin with: "auto", or "auto.0" and so on inside an
    /// <see cref="AutoGuideList{T}"/>.</summary>
    public string Prefix { get; private set; } = "auto";

    /// <summary>Says which entries of plates are present, where the model is given their indices: plate names and Int64 indices.</summary>
    public Func<T, IReadOnlyDictionary<string, Tensor>>? PlateIndices { get; init; }

    /// <summary>The names of the latent sites, in the order of the model; empty before the first run.</summary>
    public virtual IReadOnlyList<string> SiteNames => sites is null ? [] : [.. sites.Select(site => site.Name)];

    internal IReadOnlyList<GuideSite> KnownSites => sites
        ?? throw new InvalidOperationException(
            $"{Kind} has not run yet, so it does not know the model's latent sites. Run it first: take a step of Svi, or call Run(data).");

    private protected string Kind => GetType().Name.Split('`')[0];

    /// <summary>A guide as what <see cref="Svi{T}"/> takes.</summary>
    public static implicit operator Action<T>(AutoGuide<T> guide) => guide.Run;

    /// <summary>States the guide's sites: draws every latent site of the model.</summary>
    /// <param name="data">What the model takes.</param>
    /// <exception cref="ModelException">The model has a latent site that this guide cannot draw; the message names it.</exception>
    public void Run(T data)
    {
        if (sites is null)
        {
            lock (prototyping)
            {
                sites ??= Prepare(data);
            }
        }
        if (sites.Count > 0 || idle.Count == 0)
        {
            State(data);
        }
        foreach (GuideSite site in idle)
        {
            using HandlerScope plates = GuidePrototype.Enter(Kind, site, PlateIndices?.Invoke(data));
            Primitives.Sample(site.Name, new Delta(site.FreeStart, eventDim: site.Event.Rank, validate: false), options: site.Options);
        }
    }

    /// <summary>The median of each latent site, entry by entry.</summary>
    /// <param name="parameters">The fit; null for the guide's start.</param>
    /// <exception cref="InvalidOperationException">The guide has not run yet.</exception>
    public IReadOnlyDictionary<string, Tensor> Median(ParamStore? parameters) => Quantile(parameters, 0.5);

    /// <summary>A quantile of each latent site, entry by entry.</summary>
    /// <remarks>Exact for sites of single numbers under guides that are Normal on the unconstrained side; vectors under a joint constraint (simplex
    /// and the like) get the image of the unconstrained quantiles. Other guides estimate it from 4,000 draws.</remarks>
    /// <param name="parameters">The fit; null for the guide's start.</param>
    /// <param name="level">Between 0 and 1.</param>
    /// <exception cref="InvalidOperationException">The guide has not run yet.</exception>
    public virtual IReadOnlyDictionary<string, Tensor> Quantile(ParamStore? parameters, double level)
    {
        CheckLevel(level);
        return With(parameters, () => DrawSites(RandomKey.FromSeed(0).Child("quantiles"), [4_000])
            .ToDictionary(pair => pair.Site.Name, pair => pair.Site.Choose(pair.Site.Quantile(pair.Value, level)).Keep()));
    }

    /// <summary>Independent draws of the latent sites.</summary>
    /// <param name="parameters">The fit; null for the guide's start.</param>
    /// <param name="draws">How many.</param>
    /// <param name="seed">Decides the draws.</param>
    /// <returns>One variable a latent site, [draws, plates…, event…].</returns>
    /// <exception cref="InvalidOperationException">The guide has not run yet.</exception>
    public Draws Draw(ParamStore? parameters, int draws, ulong seed = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1);
        return With(parameters, () => new Draws(draws, DrawSites(RandomKey.FromSeed(seed).Child("guide draws"), [draws])
            .Select(pair => pair.Site.Draws(pair.Value))));
    }

    /// <summary>States the sites in a run.</summary>
    internal abstract void State(T data);

    /// <summary>Draws of each site: sample shape + batch + event.</summary>
    internal abstract IEnumerable<(GuideSite Site, Tensor Value)> DrawSites(RandomKey key, Shape sampleShape);

    /// <summary>Learns the sites of the model, or of the parts.</summary>
    internal virtual List<GuideSite> Prepare(T data)
    {
        List<GuideSite> all = GuidePrototype.Of(Kind, () => model!(data), start);
        List<GuideSite> found = all.FindAll(site => site.FreeCount > 0 || site.Part is null);
        idle = all.FindAll(site => site.Part is { Count: 0 });
        return all.Count > 0
            ? found
            : throw new ModelException(ModelError.GuideUnsuitable, null,
                $"{Kind} found no latent site in the model: everything is observed or drawn from its prior. Leave the guide empty (_ => {{ }}), or "
                    + "remove observed: from what is to be inferred.");
    }

    /// <summary>Gives the parameters another beginning, before the first run.</summary>
    internal virtual void Rename(string prefix) => Prefix = prefix;

    /// <summary>Reads something with the parameters of a fit, and without gradients: for members of a guide that tell of a fit.</summary>
    /// <param name="parameters">The fit; null for the guide's start.</param>
    /// <param name="read">What to read; tensors that outlive the call are kept.</param>
    protected internal static TResult With<TResult>(ParamStore? parameters, Func<TResult> read)
    {
        using NoGradient.Scope untracked = NoGradient.Begin();
        using RunScope run = HandlerStack.BeginRun();
        using HandlerScope hidden = new BlockHandler().Enter();
        HandlerStack.RunIsBegun();
        if (parameters is null)
        {
            return read();
        }
        using HandlerScope store = new ParamStoreHandler(parameters, 0).Enter();
        return read();
    }

    private protected static void CheckLevel(double level)
    {
        if (!(level >= 0 && level <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(level), level, "The level of a quantile lies between 0 and 1.");
        }
    }

    /// <summary>The quantile of the standard Normal distribution.</summary>
    private protected static double NormalQuantile(double level) => Tensor.Full(Shape.Scalar, level, DType.Float64).NormalQuantile().Item();
}
