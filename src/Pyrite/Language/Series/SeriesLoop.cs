using Pyrite.Language.Plates;
using Pyrite.Language.Sites;

namespace Pyrite.Language.Series;

/// <summary>One statement of <c>Scan.Over</c>: a loop over time of which every random variable inside is one site.</summary>
/// <remarks>
/// <list type="number">
/// <item>The body is called once with the first inputs, to see what it states (<see cref="ExploringRound"/>). Handlers around the loop that draw a
/// variable by others, and supports that may depend on the round, change the body from then on (<see cref="StrategyHandler"/>).</item>
/// <item>Each variable becomes one site, [plates, T, event], whose law is a <see cref="SeriesDistribution"/>; all of them pass the handlers outwards,
/// which give values, keys, masks and scales.</item>
/// <item>Where all have values, the rounds are a <see cref="Scan"/>, whose inputs are the slices of the values, and whose outputs are the
/// log-densities beside those of the body (<see cref="GivenRound"/>). Else the body is called in every round, and draws from keys (site, round); the
/// log-densities of the draws, if they are wanted, are a scan again.</item>
/// <item>The sites come back inwards with value and log-density, and results and factors are stated.</item>
/// </list>
/// </remarks>
internal sealed class SeriesLoop
{
    private const int MostChanges = 20;

    private readonly Tensor[] carry;
    private readonly Tensor[] inputs;
    private readonly int rounds;
    private readonly RoundFunction function;
    private PlateHandler[] plates = [];
    private IReadOnlyList<SeriesSite> sites = [];
    private IReadOnlyList<SeriesResult> results = [];
    private Dictionary<SeriesSite, Tensor>? scores;

    /// <param name="name">What the axis of time is called.</param>
    /// <param name="carry">The state before the first round, of one floating-point type.</param>
    /// <param name="inputs">Arrays [T, ..].</param>
    /// <param name="rounds">T.</param>
    /// <param name="function">The body on plain arrays of tensors.</param>
    public SeriesLoop(string name, Tensor[] carry, Tensor[] inputs, int rounds, RoundFunction function)
    {
        (Name, this.carry, this.inputs, this.rounds, this.function) = (name, carry, inputs, rounds, function);
        Values = new SeriesValues(name, rounds);
    }

    /// <summary>A body on plain arrays of tensors.</summary>
    public delegate (Tensor[] Carry, Tensor[] Outputs) RoundFunction(Tensor[] carry, Tensor[] slices);

    /// <summary>What the axis of time is called.</summary>
    public string Name { get; }

    /// <summary>The type of the carry.</summary>
    public DType Type => carry[0].DType;

    /// <summary>Parameters and subsamples that the first call has met.</summary>
    public Dictionary<string, Tensor> Params { get; } = [];

    /// <summary>What variables are drawn by.</summary>
    public Dictionary<string, Reparameterization> Strategies { get; } = [];

    /// <summary>The values of the sites.</summary>
    public SeriesValues Values { get; }

    /// <summary>The random variables of a round.</summary>
    public IReadOnlyList<SeriesSite> Sites => sites;

    /// <summary>The named results of a round.</summary>
    public IReadOnlyList<SeriesResult> Results => results;

    /// <summary>Whether a strategy states its variables just now.</summary>
    public bool IsRestating { get; set; }

    /// <summary>The carry after the last round, and the outputs [T, ..].</summary>
    public (Tensor[] Carry, Tensor[] Outputs) Run()
    {
        if (rounds == 0)
        {
            return Scanned(carry, inputs, (state, slices) => Call(new ExploringRound(this, slices), state, slices));
        }
        Explore();
        new SeriesData(this, carry, inputs, rounds, plates).Collect(sites);
        if (sites.Any(site => site.IsSummed))
        {
            return new SummedRounds(this, carry, rounds).Run();
        }
        SeriesSite[] stated = [.. sites.Where(site => !site.IsFactor && site.Part is not { Count: 0 })];
        Array.ForEach(stated, MakeWhole);
        SeriesRun run = null!;
        HandlerStack.ApplyTogether([.. stated.Select(site => site.Whole)], () => run = Decide(stated));
        foreach (SeriesSite site in sites.Where(site => site.IsFactor))
        {
            Tensor total = run.Terms[site].Sum(0);
            HandlerStack.Apply(new SampleSite(site.Name, new Unit(total), Tensor.Zeros(total.Shape + [0], total.DType))
            {
                PlateFrames = site.Frames,
                Scale = site.Scale,
                Options = site.Options,
            });
        }
        foreach (SeriesResult result in results)
        {
            State(result, run.Results[result]);
        }
        return (run.Carry, run.Outputs);
    }

    /// <summary>The site that a statement of a round belongs to.</summary>
    /// <exception cref="ModelException">The first round did not state it.</exception>
    public SeriesSite Find(SampleSite statement) => sites.FirstOrDefault(site => site.Name == statement.Name)
        ?? throw new ModelException(ModelError.RoundsDiffer, statement.Name,
            $"the body of the loop \"{Name}\" states it in some rounds only. Every round must state the same variables: choose with Tensor.Where, "
                + "and leave rounds out with a MaskHandler inside the body.");

    /// <summary>Draws a site of all rounds, with the values that other sites have already.</summary>
    /// <param name="site">The site.</param>
    /// <param name="key">The key of the draw.</param>
    /// <param name="isCentral">Whether every variable takes the mean of what it follows instead.</param>
    public Tensor Draw(SeriesSite site, RandomKey key, bool isCentral) => Again(() =>
    {
        Dictionary<SeriesSite, (SeriesSource Source, Tensor? Slices, RandomKey Key)> known = [];
        foreach (SeriesSite other in sites.Where(other => !other.IsFactor))
        {
            (SeriesSource source, Tensor? slices) = other == site || other.Whole is null ? (SeriesSource.Draw, null) : Values.Resolve(other);
            known[other] = (source, slices, other == site ? key : key.Child(other.Name));
        }
        return SeriesValues.WholeOf(site, Drawn(known, isCentral, site).Values[site]);
    });

    /// <summary>The log-density of a value of a site, summed over the rounds.</summary>
    /// <param name="site">The site.</param>
    /// <param name="value">The value.</param>
    public Tensor Score(SeriesSite site, Tensor value)
    {
        if (sites.Any(other => !other.IsFactor && other.Part is not { Count: 0 } && !other.Whole.HasValue))
        {
            throw new InvalidOperationException($"Site \"{site.Name}\" of the loop \"{Name}\" is scored before the sites of the loop have their "
                + "values. Score it in After, or when the model has run.");
        }
        if (ReferenceEquals(value, site.Whole.Value))
        {
            scores ??= Again(() => Totals(Given(null).Terms));
            return scores[site];
        }
        Tensor slices = Values.RoundsOf(site, value);
        return Again(() => Totals(Given((site, slices)).Terms)[site]);
    }

    /// <summary>Calls the body inside of a round.</summary>
    public (Tensor[] Next, Tensor[] Outputs) Call(Round round, Tensor[] state, Tensor[] slices)
    {
        using HandlerScope scope = round.Enter();

        // The scope of this handler ends with that of the round.
        new StrategyHandler(this).Enter();
        return function(state, slices);
    }

    /// <summary>Runs a body over the rounds as a scan.</summary>
    public (Tensor[] Carry, Tensor[] Outputs) Scanned(Tensor[] state, Tensor[] arrays,
        Func<Tensor[], Tensor[], (Tensor[] Carry, Tensor[] Outputs)> body) =>
        arrays.Length == 0 ? Scan.Run(state, rounds, one => body(one, [])) : Scan.Run(state, arrays, body);

    /// <summary>The inputs of a round.</summary>
    public Tensor[] Slices(int round) => Array.ConvertAll(inputs, input => input.Select(0, round));

    private void Explore()
    {
        plates = [.. HandlerStack.OpenPlates()];
        using StepCheck.Suspension unchecked0 = StepCheck.Suspend();
        for (int attempt = 0; attempt < MostChanges; attempt++)
        {
            Tensor[] slices = Slices(0);
            ExploringRound round = new(this, slices);
            Call(round, carry, slices);
            (sites, results) = (round.Sites, round.Found);
            int known = Strategies.Count;
            foreach (SeriesSite site in sites.Where(site => !site.IsObserved && !site.IsRestated))
            {
                SampleSite probe = new(site.Name, site.Law, null) { Options = site.Options, PlateFrames = site.Frames };
                if (HandlerStack.Probe(probe) is { } strategy)
                {
                    Strategies[site.Name] = strategy;
                }
                else if (probe.IsSummedOut)
                {
                    site.IsSummed = true;
                }
                else if (!probe.HasValue && !site.Law.IsDiscrete && site.FixedSupport is null)
                {
                    Strategies[site.Name] = FreeReparameterization.Instance;
                }
            }
            if (Strategies.Count == known)
            {
                return;
            }
        }
    }

    /// <summary>Makes the site of all rounds.</summary>
    public void MakeWhole(SeriesSite site)
    {
        BatchPart? part = site.Part;
        Shape events = Shape.Create([part?.Count ?? rounds]) + site.Event;
        EventNames names = new(part is null ? Name : null, part is null ? null : [.. part.Names], site.Options.Find<EventNames>());
        site.Given = site.Data is null ? null : SeriesAxes.RoundsWithin(site.Data, site.Batch.Rank);
        site.Whole = new SampleSite(site.Name, new SeriesDistribution(site, this, part is null ? site.Batch : Shape.Scalar, events), site.Given)
        {
            IsAuxiliary = site.IsAuxiliary,
            IsFromPrior = site.IsFromPrior,
            Options = site.Options.With(names),
            Scale = site.Scale,
            PlateFrames = part is null ? site.Frames : [],
            StandsApart = part is not null,
            IsRestated = site.IsRestated,
        };
    }

    /// <summary>Decides the values that no handler has given.</summary>
    private SeriesRun Decide(SeriesSite[] stated)
    {
        foreach (SeriesSite site in stated)
        {
            (site.Source, site.Slices) = Values.Resolve(site);
            if (site.Part is not null)
            {
                (site.Weight, site.Whole.Weight) = (site.Whole.Weight, null);
            }
        }
        bool isDrawn = Array.Exists(stated, site => site.Source == SeriesSource.Draw);
        if (!isDrawn)
        {
            SeriesRun given = Explained(() => Given(null));
            scores = Totals(given.Terms);
            foreach (SeriesSite site in stated)
            {
                site.Whole.Settle(site.Source == SeriesSource.Array ? SeriesValues.WholeOf(site, site.Slices!)
                    : given.Values.TryGetValue(site, out Tensor? data) ? SeriesValues.WholeOf(site, data) : site.Whole.Value, scores[site]);
            }
            return given;
        }
        SeriesRun drawn = Drawn(stated.ToDictionary(site => site, site => (site.Source, site.Slices,
            site.Whole.Key ?? (site.Source == SeriesSource.Draw ? AmbientKey.Next() : default))), isCentral: false, null);
        foreach (SeriesSite site in stated.Where(site => site.Source != SeriesSource.Body))
        {
            site.Slices = drawn.Values[site];
            site.Source = SeriesSource.Array;
            site.Whole.Settle(SeriesValues.WholeOf(site, site.Slices), null);
        }
        return drawn;
    }

    /// <summary>Values of all rounds, [T, plates…, event…]: those that sites have, and draws of all others.</summary>
    /// <param name="stated">The sites that may have values.</param>
    public IReadOnlyDictionary<SeriesSite, Tensor> DrawnWith(SeriesSite[] stated) => Drawn(sites.Where(site => !site.IsFactor).ToDictionary(
        site => site, site => Array.IndexOf(stated, site) < 0 && site.Part is not { Count: 0 }
            ? (SeriesSource.Draw, null, AmbientKey.Next())
            : (site.Source, site.Slices, site.Whole?.Key ?? (site.Source == SeriesSource.Draw ? AmbientKey.Next() : default))), false, null).Values;

    private Dictionary<SeriesSite, Tensor> Totals(IReadOnlyDictionary<SeriesSite, Tensor> terms) =>
        terms.ToDictionary(pair => pair.Key, pair => pair.Key.Part is null ? pair.Value.Sum(0) : pair.Value.Sum());

    /// <summary>Runs all rounds as one scan; every site has its values.</summary>
    private SeriesRun Given((SeriesSite Site, Tensor Slices)? scored)
    {
        List<SeriesSite> fromArrays = [.. sites.Where(site => !site.IsFactor && Values.Resolve(site).Source != SeriesSource.Body)];
        SeriesSite[] computed = [.. sites.Where(site => SeriesData.Wants(site).Data && !fromArrays.Contains(site))];
        Tensor[] arrays = [.. inputs, .. fromArrays.Select(site => Values.Resolve(site).Slices!),
            .. scored is { } one ? [one.Slices] : (Tensor[])[]];
        int outputs = 0;
        foreach (SeriesSite site in sites)
        {
            site.Laws.Clear();
        }
        (Tensor[] last, Tensor[] all) = Scanned(carry, arrays, (state, slices) =>
        {
            Dictionary<SeriesSite, Tensor> values = [];
            for (int i = 0; i < fromArrays.Count; i++)
            {
                values[fromArrays[i]] = slices[inputs.Length + i];
            }
            GivenRound round = new(this, values, scored is { } other ? (other.Site, slices[^1]) : null);
            (Tensor[] next, Tensor[] own) = Call(round, state, slices[..inputs.Length]);
            RequireAll(round);
            outputs = own.Length;
            return (next, [.. own, .. sites.Select(site => round.Terms[site].To(Type)), .. round.Results.Select(result => result.Value.To(Type)),
                .. computed.Select(site => round.Data[site].To(Type))]);
        });
        Queue<Tensor> rest = new(all[outputs..]);
        Dictionary<SeriesSite, Tensor> terms = sites.ToDictionary(site => site, _ => rest.Dequeue());
        Dictionary<SeriesResult, Tensor> named = results.ToDictionary(result => result, result => rest.Dequeue().To(result.Type));
        Dictionary<SeriesSite, Tensor> data = computed.ToDictionary(site => site,
            site => SeriesAxes.Fill(rest.Dequeue(), site.Batch + site.Event)!.To(site.Data!.DType));
        return new SeriesRun(last, all[..outputs], data, terms, named);
    }

    /// <summary>Calls the body in every round, and draws what has no value.</summary>
    private SeriesRun Drawn(Dictionary<SeriesSite, (SeriesSource Source, Tensor? Slices, RandomKey Key)> known, bool isCentral, SeriesSite? only)
    {
        Tensor[] state = carry;
        List<Tensor[]> outputs = [];
        List<DrawingRound> all = [];
        for (int t = 0; t < rounds; t++)
        {
            DrawingRound round = new(this, t, Value, isCentral);
            (state, Tensor[] own) = Call(round, state, Slices(t));
            state = Array.ConvertAll(state, part => part.IsWeak ? part.To(Type) : part);
            RequireAll(round);
            outputs.Add(own);
            all.Add(round);

            (SeriesSource Source, Tensor? Value, RandomKey Key) Value(SeriesSite site)
            {
                if (!known.TryGetValue(site, out (SeriesSource Source, Tensor? Slices, RandomKey Key) from))
                {
                    from = (SeriesSource.Array, Values.RoundsOf(site, null), default);
                }
                return (from.Source, from.Slices is { } slices && t < slices.Shape[0] ? slices.Select(0, t) : null, from.Key);
            }
        }
        Tensor Stacked(Func<DrawingRound, Tensor> part) => Tensor.Stack([.. all.Select(part)]);
        Dictionary<SeriesSite, Tensor> values = sites.Where(site => !site.IsFactor && (only is null || site == only))
            .ToDictionary(site => site, site => Stacked(round => Full(round.Values[site], site)));
        if (only is not null)
        {
            return new SeriesRun(state, [], values, [], []);
        }
        return new SeriesRun(state, [.. Enumerable.Range(0, outputs[0].Length).Select(i => Tensor.Stack([.. outputs.Select(own => own[i])]))], values,
            sites.Where(site => site.IsFactor).ToDictionary(site => site, site => Stacked(round => round.Factors[site])),
            results.Select((result, i) => (result, Stacked(round => round.Results[i].Value))).ToDictionary());
    }

    private static Tensor Full(Tensor value, SeriesSite site) =>
        value.Shape == site.Batch + site.Event ? value : value.BroadcastTo(site.Batch + site.Event);

    /// <summary>Every round states the same.</summary>
    public void RequireAll(Round round)
    {
        if (sites.FirstOrDefault(site => !round.Met.Contains(site.Name)) is { } missing)
        {
            throw new ModelException(ModelError.RoundsDiffer, missing.Name,
                $"the body of the loop \"{Name}\" states it in some rounds only. Every round must state the same variables: choose with "
                    + "Tensor.Where, and leave rounds out with a MaskHandler inside the body.");
        }
        if (round.Results.Count != results.Count)
        {
            throw new ModelException(ModelError.RoundsDiffer, null,
                $"the body of the loop \"{Name}\" states {results.Count} deterministic results in its first round and {round.Results.Count} in "
                    + "another one. Every round must state the same.");
        }
    }

    /// <summary>States a result of all rounds.</summary>
    public void State(SeriesResult result, Tensor slices)
    {
        Tensor value = SeriesAxes.RoundsWithin(slices, result.BatchRank);
        DeterministicSite site = new(result.Name, value, result.EventRank + 1)
        {
            PlateFrames = result.Frames,
            IsCompletion = result.IsCompletion,
            EventNames = new EventNames(Name, null, result.Names),
        };
        HandlerStack.Apply(site);
        if (!ReferenceEquals(site.Decided, value))
        {
            throw new ModelException(ModelError.LoopResultChanged, result.Name,
                $"a handler has changed it, but it is computed in the rounds of the loop \"{Name}\", which have run. Intervene on the random "
                    + "variables that it is computed from.");
        }
    }

    /// <summary>Names the site whose check has failed in a round.</summary>
    private SeriesRun Explained(Func<SeriesRun> run)
    {
        try
        {
            return run();
        }
        catch (ArgumentException failure) when (ParameterRefusals.RefuserOf(failure) is { } owner
            && sites.FirstOrDefault(site => site.IsMadeFrom(owner)) is { } site)
        {
            string? part = (failure.InnerException as ArgumentException)?.ParamName;
            bool isParameter = owner.Parameters.Any(parameter => parameter.Name == part);
            throw new ModelException(isParameter ? ModelError.ParameterOutsideConstraint : ModelError.OutsideSupport, site.Name,
                $"in the loop \"{Name}\": {ModelException.WithoutParameter(failure)}", failure);
        }
    }

    /// <summary>Runs rounds once more when the handlers may be gone: only the plates around the loop are opened.</summary>
    private TResult Again<TResult>(Func<TResult> work)
    {
        using RunScope run = HandlerStack.BeginRun();
        using HandlerScope all = new BlockHandler().Enter();
        foreach (PlateHandler plate in plates)
        {
            // These scopes end with the first one.
            HandlerStack.Push(plate);
        }
        HandlerStack.RunIsBegun();
        return work();
    }
}
