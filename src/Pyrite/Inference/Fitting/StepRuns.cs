using Pyrite.Inference.Agreement;
using Pyrite.Inference.Enumeration;
using Pyrite.Inference.Guides;
using Pyrite.Inference.Objectives;
using Pyrite.Inference.Parameters;
using Pyrite.Language;
using Pyrite.Language.Sites;

namespace Pyrite.Inference.Fitting;

/// <summary>Runs guide and model for the particles of a step.</summary>
/// <remarks>The handlers and the step are kept from step to step, so that a steady step makes little that is new.</remarks>
internal sealed class StepRuns<T> : IStepSource
{
    private readonly Action<T> model;
    private readonly Action<T> guide;
    private readonly ParamStore parameters;
    private readonly SeedHandler seeds = new(0);
    private readonly GuideReplayHandler replays = new();
    private GuideSurroundings? surroundings;
    private ParamStoreHandler store;
    private ConstantParamStoreHandler? constants;
    private SiteDependencies? dependencies;
    private RandomKey key;
    private RandomKey plateKey;
    private PlatePart part;
    private T? data;
    private Trace? lastGuide;

    public StepRuns(Action<T> model, Action<T> guide, ParamStore parameters, ulong seed)
    {
        this.model = model;
        this.guide = guide;
        this.parameters = parameters;
        Baselines = new BaselineStore(parameters) { Seed = seed };
        Step = new ElboStep(this, Baselines);
        store = new ParamStoreHandler(parameters, seed);
    }

    /// <summary>The model.</summary>
    public Action<T> Model => model;

    /// <summary>The guide.</summary>
    public Action<T> Guide => guide;

    /// <summary>The runs made last.</summary>
    public ElboStep Step { get; }

    /// <summary>What the baselines of sites have learnt.</summary>
    public BaselineStore Baselines { get; }

    /// <summary>From which the weights of networks are drawn.</summary>
    public ulong Seed
    {
        set
        {
            Baselines.Seed = value;
            store = new ParamStoreHandler(parameters, value);
        }
    }

    /// <summary>Whether discrete sites have all their values at once instead of being drawn.</summary>
    public bool SumsDiscreteSites { get; init; }

    /// <summary>Runs guide and model once for each particle, and checks them against each other.</summary>
    /// <exception cref="ModelException">Model or guide is wrong.</exception>
    public ElboStep Make(T stepData, RandomKey stepKey, int particles, long index) =>
        Make(stepData, stepKey, stepKey.Child("plates"), PlatePart.Whole, particles, index);

    /// <summary>The same for a shard that has a part of the step's subsamples.</summary>
    public ElboStep Make(T stepData, RandomKey stepKey, RandomKey keyOfPlates, PlatePart partOfPlates, int particles, long index)
    {
        (data, key, plateKey, part, lastGuide) = (stepData, stepKey, keyOfPlates, partOfPlates, null);
        Step.Begin(index);
        for (int particle = 0; particle < particles; particle++)
        {
            using StepRun.Scope run = StepRun.Begin(particles == 1 ? StepRun.Current : StepRun.Particle(particle));
            Step.Add(Run(particle, key.Child(particle)));
        }
        return Step;
    }

    /// <summary>Guide and model once; once more where the model's plates or scales are news to an automatic guide.</summary>
    private ElboRun Run(int particle, RandomKey own)
    {
        while (true)
        {
            try
            {
                using LayerRandomness.Scope layers = LayerRandomness.Use(own.Child("layers"));
                if (SumsDiscreteSites)
                {
                    return RunSummed(particle, own);
                }
                seeds.Reset(own.Child("guide"), plateKey, part);
                Trace guideTrace = RunGuide(store);
                lastGuide = guideTrace;
                seeds.Reset(own.Child("model"), plateKey, part);
                TraceHandler recorder = new();
                Trace modelTrace = TracedRun.Of("model", model, data!, recorder, store, seeds, replays.Follow(guideTrace, recorder, surroundings));
                ModelGuidePair.Verify(modelTrace, guideTrace);
                guideTrace.ScoreAll("guide");
                modelTrace.ScoreAll("model");
                return new ElboRun(particle, modelTrace, guideTrace);
            }
            catch (SurroundingsChangedException change)
            {
                // Ends: each change is news about a plate or site, and is told only once in a run.
                (surroundings ??= new GuideSurroundings()).Learn(change);
            }
        }
    }

    /// <summary>The same with all values of discrete sites at once.</summary>
    private ElboRun RunSummed(int particle, RandomKey own)
    {
        // It ends with the step: the objective takes the scores.
        LiftingScope scope = LiftingScope.Begin();
        SequentialPath path = new();
        List<EnumeratedStep> branches = [];
        do
        {
            path.Begin();
            branches.Add(RunBranch(scope, path, own));
        }
        while (path.Advance());
        return new ElboRun(particle, branches[0].Model.Runs[0].Trace, branches[0].Trace) { Enumerated = branches };
    }

    /// <summary>Guide and model for one choice of values of the guide's sequential sites.</summary>
    private EnumeratedStep RunBranch(LiftingScope scope, SequentialPath path, RandomKey own)
    {
        seeds.Reset(own.Child("guide"), plateKey, part);
        EnumerationHandler ofGuide = new(scope, path, EnumerationChoice.IsSummed);
        Trace guideTrace = EnumeratedRuns.Explained(() => surroundings is null
            ? TracedRun.Of("guide", guide, data!, store, seeds, ofGuide)
            : TracedRun.Of("guide", guide, data!, store, seeds, surroundings, ofGuide));
        lastGuide = guideTrace;
        (string, int, int)[] choices = [.. path.Choices];
        EnumeratedRuns runs = EnumeratedRuns.Of(scope, site => EnumerationChoice.IsSummed(site) && guideTrace.Find(site.Name) is not SampleSite,
            ofModel =>
            {
                seeds.Reset(own.Child("model"), plateKey, part);
                TraceHandler recorder = new();
                GuideReplayHandler replay = replays.Follow(guideTrace, recorder, surroundings);
                Trace trace = TracedRun.Of("model", model, data!, recorder, store, seeds, replay, ofModel);
                ModelGuidePair.Verify(trace, guideTrace);
                trace.ScoreAll("model");
                return trace;
            });
        EnumeratedRuns.Explained(() =>
        {
            guideTrace.ScoreAll("guide");
            return true;
        });
        return new EnumeratedStep(scope, guideTrace, ofGuide, choices, runs);
    }

    private Trace RunGuide(Handler parameterStore) =>
        surroundings is null
            ? TracedRun.Of("guide", guide, data!, parameterStore, seeds)
            : TracedRun.Of("guide", guide, data!, parameterStore, seeds, surroundings);

    public Trace GuideWithoutParameters(ElboRun run)
    {
        RandomKey own = key.Child(run.Particle);
        using LayerRandomness.Scope layers = LayerRandomness.Use(own.Child("layers"));
        using ParameterSubstitution.Scope weights = ParameterSubstitution.Begin(Constants(run.Guide));
        seeds.Reset(own.Child("guide"), plateKey, part);
        constants ??= new ConstantParamStoreHandler(parameters);
        ReplayHandler replay = new(run.Guide);
        return surroundings is null
            ? TracedRun.Of("guide", guide, data!, constants, seeds, replay)
            : TracedRun.Of("guide", guide, data!, constants, seeds, replay, surroundings);
    }

    public SiteDependencies Dependencies(ElboRun run)
    {
        if (dependencies is null || !dependencies.Fit(run))
        {
            // An evaluation tracks no gradients, but the dependencies are read off them.
            using NoGradient.Scope tracked = NoGradient.Suspend();
            using LayerRandomness.Scope layers = LayerRandomness.Use(key.Child(run.Particle).Child("layers"));
            Handler told = surroundings ?? new GuideSurroundings();

            // The model's own trace has the subsamples of plates that the guide does not enter, and what was drawn from priors.
            ModelGraph ofGuide = Inspect.Graph(() => guide(data!), store, new ReplayHandler(run.Guide), told);
            ModelGraph ofModel = Inspect.Graph(() => model(data!), store, new ReplayHandler(run.Model));
            dependencies = new SiteDependencies(run, ofGuide, ofModel);
        }
        return dependencies;
    }

    /// <summary>The error of the site whose distribution refused a number of the last runs, or null.</summary>
    public ModelException? Explain(ArgumentException failure)
    {
        foreach (ElboRun run in Step.Runs)
        {
            if ((RefusedCheck.Explain(failure, run.Guide) ?? RefusedCheck.Explain(failure, run.Model)) is { } explained)
            {
                return explained;
            }
        }
        // A value that the model reads shows what was wrong in the guide before it.
        return lastGuide is null ? null : RefusedCheck.Explain(failure, lastGuide);
    }

    /// <summary>A sentence about the first operation that makes a number that is not finite out of finite ones, found by running the step once more;
    /// empty if there is none.</summary>
    public string FirstBadOperation(ElboStep step, IReadOnlyList<Parameter> used)
    {
        using AnomalyMode.Scope checking = AnomalyMode.Begin();
        try
        {
            foreach (ElboRun run in step.Runs)
            {
                RandomKey own = key.Child(run.Particle);
                using LayerRandomness.Scope layers = LayerRandomness.Use(own.Child("layers"));
                Tensor loss = AnomalyMode.Judge(() => Loss(own))!;
                Gradient.OrNull(loss, [.. used.Select(parameter => parameter.Value)]);
            }
            return "";
        }
        catch (ArithmeticException found)
        {
            return $" The first operation to blame: {found.Message}";
        }
        catch (Exception failure) when (failure is ArgumentException or InvalidOperationException)
        {
            // The model does not run a second time alike; what was said of its sites stands.
            return "";
        }
    }

    private Tensor Loss(RandomKey own)
    {
        seeds.Reset(own.Child("guide"), plateKey, part);
        Trace guideTrace = RunGuide(store);
        seeds.Reset(own.Child("model"), plateKey, part);
        Trace modelTrace = TracedRun.Of("model", model, data!, store, seeds, new ReplayHandler(guideTrace));
        return guideTrace.LogProb() - modelTrace.LogProb();
    }

    private static Dictionary<Parameter, Tensor> Constants(Trace trace)
    {
        Dictionary<Parameter, Tensor> values = [];
        foreach (Site site in trace.SiteList)
        {
            if (site is ModuleSite module)
            {
                foreach ((string _, Parameter parameter) in module.NamedParameters)
                {
                    values[parameter] = parameter.Value.Detach();
                }
            }
        }
        return values;
    }
}
