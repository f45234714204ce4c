namespace Pyrite.Language.Series;

/// <summary>Stands around a call of the body of a loop over time: what is stated inside ends here, and is stated once for all rounds by the
/// loop.</summary>
/// <param name="loop">The loop.</param>
internal abstract class Round(SeriesLoop loop) : Handler
{
    private readonly List<(string Name, Tensor Value)> results = [];
    private readonly HashSet<string> met = [];
    private readonly int depth = Scan.BodyDepth;

    /// <summary>Refuses a statement in the body of a plain scan, which would be made once or twice for all rounds.</summary>
    /// <param name="site">The statement's name.</param>
    public static void RequireOutsideOfScans(string site)
    {
        if (Scan.BodyDepth > 0 && Scan.BodyDepth > (HandlerStack.FindInnermost<Round>()?.depth ?? 0))
        {
            throw new ModelException(ModelError.StatedInScan, site,
                "it is stated in the body of Scan.Run or Scan.Fold, which is called once or twice for all rounds. Use Scan.Over, of which every "
                    + "random variable inside is one site for all rounds.");
        }
    }

    /// <summary>The loop.</summary>
    protected SeriesLoop Loop => loop;

    /// <summary>The named results of the call, in order.</summary>
    public IReadOnlyList<(string Name, Tensor Value)> Results => results;

    /// <summary>The names of the random variables of the call.</summary>
    public IReadOnlySet<string> Met => met;

    protected internal sealed override void Before(SampleSite site)
    {
        if (!met.Add(site.Name))
        {
            throw new ModelException(ModelError.NameUsedTwice, site.Name,
                $"the body of the loop \"{loop.Name}\" states the name twice in one round. Names must be unique; rounds share them.");
        }
        Enter(site);
        site.IsHidden = Hides;
    }

    protected internal sealed override void After(SampleSite site) => Leave(site);

    protected internal override void Before(DeterministicSite site)
    {
        Enter(site);
        site.IsHidden = true;
    }

    protected internal override void After(DeterministicSite site)
    {
        results.Add((site.Name, site.Value));
        Leave(site);
    }

    /// <summary>A parameter is the same in all rounds, so that it is stated in the first only.</summary>
    protected internal sealed override void Before(ParamSite site)
    {
        if (loop.Params.TryGetValue(site.Name, out Tensor? known))
        {
            site.Value = known;
            site.IsHidden = true;
        }
    }

    protected internal sealed override void After(ParamSite site) => loop.Params.TryAdd(site.Name, site.Value);

    /// <summary>So is the subsample of a plate.</summary>
    protected internal sealed override void Before(PlateSite site)
    {
        if (!site.IsGiven && loop.Params.TryGetValue(site.Name, out Tensor? known))
        {
            site.Value = known;
            site.IsHidden = true;
        }
    }

    protected internal sealed override void After(PlateSite site) => loop.Params.TryAdd(site.Name, site.Value);

    /// <summary>Whether random variables end here.</summary>
    protected virtual bool Hides => true;

    /// <summary>Gives a random variable its value, or lets it be drawn.</summary>
    protected abstract void Enter(SampleSite site);

    /// <summary>Sees a random variable with its value and all its plates.</summary>
    protected abstract void Leave(SampleSite site);

    /// <summary>Sees a result.</summary>
    protected virtual void Enter(DeterministicSite site)
    {
    }

    /// <summary>Sees a result with all its plates.</summary>
    protected virtual void Leave(DeterministicSite site)
    {
    }
}
