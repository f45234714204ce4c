using Pyrite.Inference.Enumeration;
using Pyrite.Inference.Fitting;
using Pyrite.Inference.Parameters;
using Pyrite.Inference.Telemetry;
using Pyrite.Language;


namespace Pyrite;

/// <summary>Stochastic variational inference: fits the parameters of model and guide by gradient steps on an objective.</summary>
/// <remarks>Each step draws from keys of (seed, step, particle, site), so the same seed gives the same bits at any thread count. All parameters live
/// in <see cref="Parameters"/>.</remarks>
/// <typeparam name="T">What model and guide take: the data of a step.</typeparam>
public sealed partial class Svi<T>
{
    private const int MostSkippedInARow = 10;

    private readonly StepRuns<T> runs;
    private readonly ThreadClaim claim = new();
    private readonly List<Parameter> used = [];
    private readonly HashSet<Parameter> seen = [];
    private readonly List<Parameter> others = [];
    private RandomKey stepKey;
    private RandomKey evaluationKey;
    private Tensor[] variables = [];
    private ParameterUpdates? updates;
    private GradientLedger? ledger;
    private PlateauWatch? watch;
    private bool isRegistrationChecked;
    private int skippedInARow;
    private int programs;
    private string? firstBad;

    /// <summary>Sets up an inference; nothing runs yet.</summary>
    /// <param name="model">The model.</param>
    /// <param name="guide">The guide: draws every latent site of the model.</param>
    /// <param name="optimizer">What turns gradients into updates.</param>
    /// <param name="objective">What is minimized.</param>
    /// <param name="seed">Decides all draws and the start of registered networks.</param>
    /// <exception cref="ModelException">Model or guide is async.</exception>
    public Svi(Action<T> model, Action<T> guide, Optimizer optimizer, Elbo objective, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(guide);
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentNullException.ThrowIfNull(objective);
        SynchronousModel.Require(model);
        SynchronousModel.Require(guide);
        Optimizer = optimizer;
        Objective = objective;
        Parameters.Claim = claim;
        runs = new StepRuns<T>(model, guide, Parameters, seed) { SumsDiscreteSites = objective.SumsDiscreteSites };
        UseSeed(seed);
    }

    /// <summary>The parameters met so far.</summary>
    public ParamStore Parameters { get; } = new();

    /// <summary>What turns gradients into updates.</summary>
    public Optimizer Optimizer { get; }

    /// <summary>Parameters with optimizers of their own, or that stay as they are; the first group that applies counts, others use
    /// <see cref="Optimizer"/>.</summary>
    public IReadOnlyList<ParameterGroup> Groups { get; init; } = [];

    /// <summary>The largest Euclidean norm of all gradients together, whichever optimizer they go to; larger ones are scaled down. Not limited if
    /// null.</summary>
    public double? MaxGradientNorm
    {
        get;
        init => field = value is null or > 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "Gradients are clipped to a norm above 0.");
    }

    /// <summary>How steps are cut into shards, which processes may share; null where a step is one run.</summary>
    /// <remarks>The shards of a step are computed one after the other, each with draws of its own; losses and gradients are joined as a tree. The
    /// number of shards decides bits, the number of processes and threads does not. Gradients are clipped after they are joined; what is not finite
    /// in one shard skips the step on all processes. Networks that gather statistics as they run (batch
    /// normalization in training) are refused.</remarks>
    public Sharding? Sharding { get; init; }

    /// <summary>What is minimized.</summary>
    public Elbo Objective { get; }

    /// <summary>The seed.</summary>
    public ulong Seed { get; private set; }

    /// <summary>How many steps have been taken.</summary>
    public long StepCount { get; private set; }

    /// <summary>How many steps were skipped because the loss or a gradient was not finite.</summary>
    public long SkippedCount { get; private set; }

    /// <summary>How many evaluations have been made.</summary>
    public long EvaluationCount { get; private set; }

    private ParameterUpdates Updates => updates ??= new ParameterUpdates(Parameters, Optimizer) { Groups = Groups, MaxNorm = MaxGradientNorm };

    /// <summary>One gradient step.</summary>
    /// <param name="data">What model and guide take. In a step that is cut into shards (<see cref="Sharding"/>) all of them get it; plates that draw
    /// a subsample draw a part of it in each, and the loss is the mean of the shards'.</param>
    /// <returns>The loss: minus the evidence lower bound, summed over the data present.</returns>
    /// <exception cref="ModelException">Model or guide is wrong, no parameter received a gradient, or ten losses in a row were not
    /// finite.</exception>
    /// <exception cref="InvalidOperationException">Another thread is using this inference, or its own model is being run.</exception>
    public double Step(T data) => StepOn(data, null);

    /// <summary>The loss without changing anything; each call draws afresh.</summary>
    /// <param name="data">What model and guide take.</param>
    /// <returns>The loss: minus the evidence lower bound, summed over the data present.</returns>
    /// <exception cref="ModelException">Model or guide is wrong.</exception>
    /// <exception cref="InvalidOperationException">Another thread is using this inference, or its own model is being run.</exception>
    public double Evaluate(T data)
    {
        TakeUp(data);
        using ThreadClaim.Scope own = claim.Enter(nameof(Evaluate), runsModel: true);
        using StepScope scope = StepScope.Begin();
        try
        {
            if (!isRegistrationChecked)
            {
                // Only the history of a loss tells which networks take part in it.
                return EvaluateWithHistory(data);
            }
            using NoGradient.Scope untracked = NoGradient.Begin();
            return EvaluateOnce(data).Term.Loss.Item();
        }
        catch (ArgumentException failure) when (runs.Explain(failure) is { } explained)
        {
            throw explained;
        }
    }

    /// <summary>How a step runs, in words: the next one, without its update.</summary>
    internal ExecutionPlan Describe(T data)
    {
        TakeUp(data);
        using ThreadClaim.Scope own = claim.Enter(nameof(Inspect.Plan), runsModel: true);
        using NoGradient.Scope tracked = NoGradient.Suspend();

        // The first time parameters get their start, which no later step does.
        Rehearse(data, isDescribed: false);
        return Rehearse(data, isDescribed: true)!;
    }

    /// <summary>Lets somebody look at the model on some data, by the handler that gives it the parameters of the fit.</summary>
    internal TSeen Look<TSeen>(T data, Func<Action, Handler, TSeen> look)
    {
        TakeUp(data);
        using ThreadClaim.Scope own = claim.Enter(nameof(Inspect), runsModel: true);
        return look(() => runs.Model(data), new ParamStoreHandler(Parameters, Seed));
    }

    private ExecutionPlan? Rehearse(T data, bool isDescribed)
    {
        using StepScope scope = StepScope.Begin();
        if (isDescribed)
        {
            scope.RecordForDescription(GetType());
        }
        ElboStep step = runs.Make(data, stepKey.Child(StepCount), Objective.Particles, StepCount);
        ElboTerm term = Objective.Evaluate(step);
        CollectParameters(step);
        RequireParameters();
        Tensor?[] clipped = Updates.Clip(Gradients(term.Surrogate));
        _ = term.Loss.Item();
        foreach (Tensor gradient in clipped.OfType<Tensor>())
        {
            gradient.Materialize();
        }
        return isDescribed ? scope.Describe("a step") : null;
    }

    private (ElboStep Step, ElboTerm Term) EvaluateOnce(T data)
    {
        ElboStep step = runs.Make(data, evaluationKey.Child(EvaluationCount++), Objective.Particles, StepCount);
        return (step, Objective.Evaluate(step));
    }

    private double EvaluateWithHistory(T data)
    {
        (ElboStep step, ElboTerm term) = EvaluateOnce(data);
        Parameters.RequireClaimed();
        CollectParameters(step);
        Gradients(term.Surrogate);
        return term.Loss.Item();
    }

    private double StepOn(T data, Sharded<T>? shards)
    {
        TakeUp(shards is null ? data : shards[0]);
        using ThreadClaim.Scope own = claim.Enter(nameof(Step), runsModel: true);

        // Also inside of a model that is looked at without gradients.
        using NoGradient.Scope tracked = NoGradient.Suspend();
        bool isObserved = SviSignals.IsOn;
        long start = isObserved ? Signals.Now : 0, skipped = SkippedCount;
        try
        {
            double loss = Sharding is null ? Learn(data) : LearnShards(Sharding, data, shards);
            if (isObserved)
            {
                SviSignals.Record(Objective.GetType().Name, loss, SkippedCount > skipped, start);
            }
            return loss;
        }
        catch (ModelException failure) when (failure is { Kind: ModelError.ModelFailed, InnerException: ArgumentException inner }
            && runs.Explain(inner) is { } explained)
        {
            throw explained;
        }
        catch (ArgumentException failure) when (runs.Explain(failure) is { } explained)
        {
            throw explained;
        }
    }

    /// <summary>A step in two parts; the verdict on its numbers comes before anything is changed.</summary>
    private double Learn(T data)
    {
        using StepScope scope = StepScope.Begin();
        FoundGradients gradients = FindGradients(data);
        if (gradients.Fault is { } fault)
        {
            Skip(fault + (skippedInARow == 0 ? runs.FirstBadOperation(gradients.Step, used) : ""));
        }
        else
        {
            Update(gradients, joinedMeans: null);
        }
        return gradients.Loss;
    }

    private FoundGradients FindGradients(T data)
    {
        ElboStep step = runs.Make(data, stepKey.Child(StepCount), Objective.Particles, StepCount);
        ElboTerm term = Objective.Evaluate(step);
        Parameters.RequireClaimed();
        CollectParameters(step);
        RequireParameters();
        StepCount++;

        // The gradients are asked for before the loss is read, so that the whole step runs as one program.
        Tensor?[] found = Gradients(term.Surrogate);
        Tensor?[] clipped = Updates.Clip(found);
        double loss = term.Loss.Item();
        LookAtPrograms();
        string? fault = !double.IsFinite(loss)
            ? NonFiniteReport.Describe(loss, step.Runs)
            : NonFiniteReport.FirstBadGradient(Parameters, used, found);
        return new FoundGradients(step, loss, found, clipped, fault);
    }

    private void Update(in FoundGradients gradients, IReadOnlyList<double>? joinedMeans)
    {
        RequireGradient(gradients.Found);
        ledger?.Note(used, gradients.Found);
        runs.Baselines.Commit(joinedMeans);
        Updates.Apply(used, gradients.Clipped);
        skippedInARow = 0;
    }

    private void CollectParameters(ElboStep step)
    {
        used.Clear();
        seen.Clear();
        for (int i = 0; i < step.Runs.Count; i++)
        {
            Parameters.Collect(step.Runs[i].Guide, used, seen);
            Parameters.Collect(step.Runs[i].Model, used, seen);
            foreach (EnumeratedStep branch in step.Runs[i].Enumerated ?? [])
            {
                Parameters.Collect(branch.Trace, used, seen);
                foreach (EnumeratedRun run in branch.Model.Runs)
                {
                    Parameters.Collect(run.Trace, used, seen);
                }
            }
        }
        for (int i = 0; i < step.Baselines.Networks.Count; i++)
        {
            ParamStore.Collect(step.Baselines.Networks[i], used, seen);
        }
    }

    private void RequireParameters()
    {
        if (used.Count == 0)
        {
            throw new ModelException(ModelError.NothingToLearn, null,
                "A step found nothing to learn: neither model nor guide has a Param or a registered network. Add parameters to the guide, or "
                    + "Register its networks.");
        }
    }

    private Tensor?[] Gradients(Tensor surrogate)
    {
        if (variables.Length != used.Count)
        {
            variables = new Tensor[used.Count];
        }
        for (int i = 0; i < variables.Length; i++)
        {
            variables[i] = used[i].Value;
        }
        others.Clear();
        if (!isRegistrationChecked)
        {
            // Another inference may have recorded these gradients, with a network that was registered there.
            others.AddRange(Gradient.ParametersOf(surrogate));
            others.RemoveAll(seen.Contains);
        }
        Tensor?[] gradients = others.Count > 0 ? [] : Gradient.OrNull(surrogate, variables, others);
        isRegistrationChecked = others.Count == 0;
        return others.Count == 0 ? gradients : throw UnregisteredParameters.Refusal(others);
    }

    private void RequireGradient(Tensor?[] gradients)
    {
        foreach (Tensor? gradient in gradients)
        {
            if (gradient is not null)
            {
                return;
            }
        }
        throw new ModelException(ModelError.NoGradientReceived, null,
            $"No parameter received a gradient in this step: the loss does not depend on any of {string.Join(", ", Parameters.Names)}. Use the "
                + "parameters in a distribution, and do not Detach on the way.");
    }

    private void Skip(string reason)
    {
        SkippedCount++;
        firstBad = skippedInARow == 0 ? reason : firstBad;
        if (++skippedInARow >= MostSkippedInARow)
        {
            skippedInARow = 0;
            throw new ModelException(ModelError.NotFinite, null,
                $"{MostSkippedInARow} steps in a row were skipped because of numbers that are not finite; parameters are as they were before. "
                    + $"First: {firstBad} Lower the learning rate, check the data for NaN, or bound the scales.");
        }
    }

    private void UseSeed(ulong seed)
    {
        Seed = seed;
        runs.Seed = seed;
        RandomKey root = RandomKey.FromSeed(seed);
        stepKey = root.Child("svi step");
        evaluationKey = root.Child("svi evaluation");
    }
}
