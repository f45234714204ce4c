using Pyrite.Language.Sites;

namespace Pyrite.Language.Series;

/// <summary>The call of a body that shows what it states; latents have some value inside their supports.</summary>
/// <param name="loop">The loop.</param>
/// <param name="slices">The inputs of the round.</param>
internal sealed class ExploringRound(SeriesLoop loop, Tensor[] slices) : Round(loop)
{
    private static readonly RandomKey Key = RandomKey.FromSeed(0).Child("first look at a loop");

    private readonly List<SeriesSite> sites = [];
    private readonly List<SeriesResult> found = [];

    /// <summary>The random variables of a round.</summary>
    public IReadOnlyList<SeriesSite> Sites => sites;

    /// <summary>The results of a round.</summary>
    public IReadOnlyList<SeriesResult> Found => found;

    protected override void Enter(SampleSite site)
    {
        int data = site.HasValue ? Array.IndexOf(slices, site.Value) : -1;
        int flags = site.PartFlags is { } given && ReferenceEquals(site.PartMask, site.Mask) ? Array.IndexOf(slices, given) : -1;
        sites.Add(new SeriesSite(site.Name)
        {
            Frames = site.PlateFrames,
            Scale = site.Scale,
            Options = site.Options,
            IsAuxiliary = site.IsAuxiliary,
            IsFromPrior = site.IsFromPrior,
            IsObserved = site.HasValue,
            DataInput = data < 0 ? null : data,
            IsRestated = Loop.IsRestating,
            HasMask = site.Mask is not null,
            FlagsInput = flags < 0 ? null : (flags, site.HasValue),
        });
        if (!site.HasValue && site.Distribution.IsDiscrete)
        {
            site.Key = Key.Child(site.Name);
        }
        else if (!site.HasValue)
        {
            PlateFrame[] plates = [.. HandlerStack.OpenPlates().Select(plate => plate.Frame), .. site.PlateFrames];
            Shape whole = PlateShape.Extend(site.Distribution.BatchShape, plates) + site.Distribution.EventShape;
            site.Value = SeriesAxes.Inside(site.Distribution, whole);
        }
    }

    protected override void Leave(SampleSite site) => sites[^1].Law = site.Distribution;

    protected override void Enter(DeterministicSite site) =>
        found.Add(new SeriesResult(site.Name, site.EventDimensions, site.PlateFrames, site.EventNames, site.IsCompletion));

    protected override void Leave(DeterministicSite site) =>
        (found[^1].BatchRank, found[^1].EventRank, found[^1].Type) =
            (site.BatchShape.Rank, site.EventShape.Rank, site.Value.IsWeak ? Loop.Type : site.Value.DType);
}
