using System.Globalization;
using Pyrite.Inference.Fitting;
using Pyrite.Inference.Objectives;
using Pyrite.Inference.Parameters;
using Pyrite.Inference.Saving;


namespace Pyrite;

public sealed partial class Svi<T>
{
    /// <summary>What <see cref="Resume"/> has read, until the first data show which parameters there are.</summary>
    private SviState? waiting;
    private string? resumedFrom;

    /// <summary>All that is needed to go on later; call it between steps.</summary>
    /// <param name="loader">Where the batches come from; the state then says which comes next.</param>
    /// <exception cref="InvalidOperationException">Another thread is using this inference.</exception>
    public SviState State(IBatchSource? loader = null)
    {
        using ThreadClaim.Scope own = claim.Enter(nameof(State), runsModel: false);
        if (waiting is not null)
        {
            return waiting with { Position = loader?.Position ?? waiting.Position };
        }
        Optimizer?[] optimizers = [.. Updates.Optimizers];
        return new SviState
        {
            Seed = Seed,
            StepCount = StepCount,
            SkippedCount = SkippedCount,
            SkippedInARow = skippedInARow,
            FirstBad = firstBad,
            Watch = watch?.State,
            Shards = Sharding?.Count,
            Position = loader?.Position,
            EvaluationCount = EvaluationCount,
            Parameters = Parameters.ByName().ToDictionary(p => p.Key, p => p.Value.Value.Detach().Keep()),
            Constraints = Parameters.Looks(),
            Buffers = Parameters.Buffers().ToDictionary(b => b.Key, b => b.Value.Value.Keep()),
            Optimizers = [.. optimizers.Select((optimizer, i) => optimizer?.Export(Updates.Named(i - 1)))],
            Plateaus = [.. optimizers.Select(optimizer => (optimizer?.Schedule as PlateauSchedule)?.State)],
            Averages = new Dictionary<string, DecayingAverage>(runs.Baselines.Averages),
        };
    }

    /// <summary>Goes on from a state: the next steps give the same bits as those that would have followed there.</summary>
    /// <param name="state">A state of the same model, guide, objective and optimizers.</param>
    /// <param name="data">Data for model and guide, which run once here to find their parameters.</param>
    /// <exception cref="ArgumentException">The state is that of another model or optimizer: the message lists the names that differ; nothing has been
    /// changed.</exception>
    /// <exception cref="InvalidOperationException">Another thread is using this inference, or its own model is being run.</exception>
    public void Restore(SviState state, T data)
    {
        Apply(state, data);
        waiting = null;
        UseCounts(state);
    }

    private void Apply(SviState state, T data)
    {
        using ThreadClaim.Scope own = claim.Enter(nameof(Restore), runsModel: true);
        if (state.Shards is { } shards && shards != Sharding?.Count)
        {
            string here = Sharding is null ? "this inference cuts none" : $"this inference cuts them into {Sharding.Count}";
            throw new ArgumentException(
                $"The steps of the state were cut into {shards} shards; {here}, and would give other numbers. Set Sharding to as many shards; the "
                    + "number of processes may be another.", nameof(state));
        }
        MeetParameters(data);
        string? difference = StateDifference.Find(Parameters.ByName().ToDictionary(p => p.Key, p => p.Value.Value), state.Parameters)
            ?? (state.Constraints is { } looks ? ConstraintDescription.Difference(Parameters.Looks(), looks, state.Parameters.Keys) : null)
            ?? StateDifference.Find(Parameters.Buffers().ToDictionary(b => b.Key, b => b.Value.Value), state.Buffers);
        if (difference is not null)
        {
            throw new ArgumentException($"The state does not belong to this model: {difference}", nameof(state));
        }
        RestoreOptimizers(state);
        foreach ((string name, Parameter parameter) in Parameters.ByName())
        {
            parameter.Assign(state.Parameters[name]);
        }
        foreach ((string name, ModuleBuffer buffer) in Parameters.Buffers())
        {
            buffer.Assign(state.Buffers[name]);
        }
        runs.Baselines.Restore(state.Averages);
        join?.ForgetAgreement();
    }

    private void UseCounts(SviState state)
    {
        UseSeed(state.Seed);
        (StepCount, SkippedCount, EvaluationCount) = (state.StepCount, state.SkippedCount, state.EvaluationCount);
        (skippedInARow, firstBad) = (state.SkippedInARow, state.FirstBad);
        watch = state.Watch is { } watched ? new PlateauWatch(watched.Stopping) { State = watched } : null;
    }

    /// <summary>Writes a checkpoint; an earlier file is replaced as a whole or not at all, whenever the process may die. Of processes that share the
    /// steps the first writes it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="loader">Where the batches come from, so that <see cref="Resume"/> goes on with the next; none where data are chosen by
    /// <see cref="StepCount"/>.</param>
    /// <exception cref="IOException">The file cannot be written; an earlier one is kept whole.</exception>
    /// <exception cref="InvalidOperationException">Another thread is using this inference.</exception>
    public void Save(string path, IBatchSource? loader = null)
    {
        claim.Require(nameof(Save));
        if (Sharding is not { Group.IsFirst: false })
        {
            State(loader).Save(path);
        }
    }

    /// <summary>Goes on from a checkpoint, if there is one: the next steps give the same bits as those that would have followed there, with any
    /// number of processes that share the same number of shards.</summary>
    /// <param name="path">A file that <see cref="Save"/> wrote, or one that does not exist yet; the same on all processes.</param>
    /// <param name="loader">Goes on with the batch that would have come next; none where data are chosen by <see cref="StepCount"/>.</param>
    /// <returns>Whether there was a checkpoint.</returns>
    /// <remarks>Counts and loader stand at once where they stood; parameters are there when the next step, evaluation or prediction has shown which
    /// there are, and a checkpoint of another model is refused then.</remarks>
    /// <exception cref="InvalidDataException">The file is damaged, or does not say where the loader stood.</exception>
    /// <exception cref="InvalidOperationException">Another thread is using this inference, or some of the processes have another
    /// checkpoint.</exception>
    public bool Resume(string path, IBatchSource? loader = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        claim.Require(nameof(Resume));
        SviState? state = File.Exists(path) ? SviState.Load(path) : null;
        Sharding?.Group.RequireAlike(
            [new($"the checkpoint {path}", state is null ? "missing" : $"of step {state.StepCount.ToString(CultureInfo.InvariantCulture)}")],
            "an inference that goes on");
        if (state is null)
        {
            return false;
        }
        if (loader is not null)
        {
            loader.Position = state.Position ?? throw new InvalidDataException(
                $"Resuming from {path}: it does not say where the loader stood. Save it with the loader, svi.Save(path, loader), or resume without.");
        }
        waiting = state;
        resumedFrom = path;
        UseCounts(state);
        return true;
    }

    /// <summary>Gives the parameters what <see cref="Resume"/> has read, now that data show which there are.</summary>
    private void TakeUp(T data)
    {
        if (waiting is not { } state)
        {
            return;
        }
        try
        {
            Apply(state, data);
        }
        catch (ArgumentException mismatch)
        {
            throw new InvalidDataException($"Resuming from {resumedFrom}: {ModelException.WithoutParameter(mismatch)}", mismatch);
        }
        waiting = null;
    }

    /// <summary>Goes on from a checkpoint: the next steps give the same bits as those that would have followed there.</summary>
    /// <param name="path">A file that <see cref="Save"/> wrote.</param>
    /// <param name="data">Data for model and guide, which run once here to find their parameters.</param>
    /// <exception cref="InvalidDataException">The file is damaged, or was saved by another model or optimizer: the message lists the names that
    /// differ; nothing has been changed.</exception>
    public void Load(string path, T data)
    {
        SviState state = SviState.Load(path);
        try
        {
            Restore(state, data);
        }
        catch (ArgumentException mismatch)
        {
            throw new InvalidDataException($"Loading {path}: {ModelException.WithoutParameter(mismatch)}", mismatch);
        }
    }

    /// <summary>Runs model and guide once, so that all parameters exist, without drawing on the keys of steps.</summary>
    private void MeetParameters(T data)
    {
        using StepScope scope = StepScope.Begin();
        ElboStep step = runs.Make(data, RandomKey.FromSeed(Seed).Child("svi restore"), particles: 1, StepCount);
        foreach (ElboRun run in step.Runs)
        {
            foreach (Trace trace in (ReadOnlySpan<Trace>)[run.Guide, run.Model])
            {
                foreach (SampleSite site in trace.SampleSites)
                {
                    if (!site.IsObserved && !site.Distribution.HasReparameterizedSample && site.Options.Find<Baseline>() is { Network: { } network })
                    {
                        Parameters.Adopt(new ModuleSite($"baseline.{site.Name}", network), Seed);
                    }
                }
            }
        }
        foreach (Parameter parameter in Parameters.ByName().Values)
        {
            _ = parameter.Value;
        }
    }

    private void RestoreOptimizers(SviState state)
    {
        Optimizer?[] optimizers = [.. Updates.Optimizers];
        if (optimizers.Length != state.Optimizers.Count || state.Plateaus.Count != optimizers.Length)
        {
            throw new ArgumentException(
                $"The state has {state.Optimizers.Count} optimizers, this inference {optimizers.Length}. Give it the same groups.", nameof(state));
        }
        OptimizerState?[] before = [.. optimizers.Select((optimizer, i) => optimizer?.Export(Updates.Named(i - 1)))];
        try
        {
            Import(optimizers, state.Optimizers);
        }
        catch (ArgumentException)
        {
            Import(optimizers, before);
            throw;
        }
        for (int i = 0; i < optimizers.Length; i++)
        {
            if (optimizers[i]?.Schedule is PlateauSchedule schedule && state.Plateaus[i] is { } plateau)
            {
                schedule.State = plateau;
            }
        }
    }

    private void Import(Optimizer?[] optimizers, IReadOnlyList<OptimizerState?> states)
    {
        for (int i = 0; i < optimizers.Length; i++)
        {
            switch (optimizers[i], states[i])
            {
                case (null, null):
                    break;
                case ({ } optimizer, { } state):
                    optimizer.Import(state, Updates.Named(i - 1));
                    break;
                default:
                    throw new ArgumentException(
                        $"Group {i - 1} of parameters has an optimizer in one of the state and this inference, and none in the other. Give it the "
                            + "same groups.");
            }
        }
    }
}
