using System.Diagnostics;
using Pyrite.Inference.Samplers;
using Pyrite.Inference.Telemetry;

namespace Pyrite.Inference.Runs;

/// <summary>One chain from its start, or from where it was saved, to its last draw.</summary>
internal sealed class ChainRun(int chain, Potential potential, McmcSettings settings, IProgress<McmcProgress>? progress,
    CancellationToken cancellation)
{
    private const int Reports = 50;
    private const string RunsModel = "runs_model";

    private readonly ChainSignals signals = new(chain);
    private ChainState? state;
    private int divergences;

    // What the first chain tells for all is not told again by the others.
    private int toldNotes = chain == 0 ? 0 : potential.Notes.All.Count;

    public int Chain => chain;

    public Potential Potential => potential;

    /// <summary>Where the chain is.</summary>
    public ChainState State => state ?? throw new InvalidOperationException("The chain has no start yet.");

    /// <summary>What the chain has to say; what all chains have in common stands in each.</summary>
    public IReadOnlyList<(string Kind, string Text)> Notes => potential.Notes.All;

    /// <summary>Whether all transitions have been made.</summary>
    public bool IsComplete => State.Transitions >= settings.Transitions;

    /// <summary>Finds the first point and what the sampler needs there.</summary>
    public void Start(InitialValues start)
    {
        double[] first = start.Choose(potential, chain, settings.StartKeyOf(chain));
        state = settings.Sampler.Start(potential, first, settings.Warmup, settings.KeyOf(chain));
    }

    /// <summary>Stands where a chain was saved.</summary>
    /// <exception cref="InvalidDataException">The saved numbers are not those of such a chain, or the model gives another density there.</exception>
    public void Restore(ChainSnapshot saved)
    {
        const double Tolerance = 1e-6;
        if (saved.Has(RunsModel))
        {
            potential.RunModelEveryTime();
        }
        ChainState restored = ChainState.Restore(
            ChainState.Complete(saved.Numbers, saved.Transitions, settings.Warmup, settings.KeyOf(chain)), saved.Owner);
        Require(restored, saved);
        settings.Sampler.Check(potential, restored);
        state = restored;
        divergences = saved.Divergences;
        double expected = state.LogDensity, found = potential.LogDensity(state.Position, new double[potential.Dimension]);
        if (!(Math.Abs(found - expected) <= Tolerance * (1 + Math.Abs(expected))))
        {
            throw new InvalidDataException(
                $"Chain {chain} was saved at a point of log-density {expected:G10}, but this model gives {found:G10} there. The model or its data "
                    + "have changed; resume with those of the run, or begin anew.");
        }
        potential.RestoreFailures(saved.Failures, saved.ExplainedFailures);
        foreach ((string kind, string text) in saved.Notes)
        {
            potential.Notes.Add(kind, text);
        }
    }

    /// <summary>Makes the transitions that are left, until all are made or the run is cancelled.</summary>
    /// <param name="target">Where draws go.</param>
    /// <param name="run">The activity of the run, for that of the chain.</param>
    public void Run(IDrawsTarget target, ActivityContext run)
    {
        using Activity? activity = McmcActivity.Chain(chain, run);
        try
        {
            MakeTransitions(target, activity);
        }
        catch (Exception error)
        {
            if (activity is not null)
            {
                Signals.Fail(activity, error);
            }
            progress?.Report(Progress() with { IsEnd = true });
            throw;
        }
        McmcActivity.End(activity, State, divergences);
        progress?.Report(Progress() with { IsEnd = true, Note = NewNotes() });
        target.Follow(this, isEnd: true);
    }

    private void MakeTransitions(IDrawsTarget target, Activity? activity)
    {
        ChainState at = State;
        int total = settings.Transitions, warmup = settings.Warmup, thinning = settings.Thinning, between = Math.Max(1, total / Reports);
        if (chain == 0 && at.Transitions < total && NewNotes() is { } note)
        {
            progress?.Report(Progress() with { Note = note });
        }
        while (at.Transitions < total && !cancellation.IsCancellationRequested)
        {
            int i = (int)at.Transitions;
            at = settings.Sampler.Step(potential, at);
            RequireOneMore(at, i);
            state = at;
            if (i == warmup - 1)
            {
                McmcActivity.WarmedUp(activity, at.Last);
                if (!potential.CheckOrRunModel(at.Position))
                {
                    at.Refresh(potential);
                }
            }
            bool isKept = i >= warmup && (i - warmup) % thinning == thinning - 1;
            if (i >= warmup)
            {
                divergences += at.Last.IsDivergent ? 1 : 0;
                if (isKept)
                {
                    target.Write(chain, (i - warmup) / thinning, potential, at);
                }
            }
            if (ChainSignals.IsOn)
            {
                signals.Record(at.Last, isWarmup: i < warmup, isKept);
            }
            target.Follow(this, isEnd: false);
            if (progress is not null && (i + 1) % between == 0 && i < total - 1)
            {
                progress.Report(Progress() with { Note = NewNotes() });
            }
        }
    }

    private McmcProgress Progress()
    {
        ChainState at = State;
        return new McmcProgress(chain, (int)at.Transitions, settings.Transitions, at.Transitions < settings.Warmup, divergences, at.Last.StepSize)
        {
            Chains = settings.Chains,
        };
    }

    /// <summary>Refuses a record that belongs to another place of another run.</summary>
    private void Require(ChainState restored, ChainSnapshot saved)
    {
        if (restored.Position.Length != potential.Dimension)
        {
            throw new InvalidDataException(
                $"{saved.Owner} has {restored.Position.Length} numbers \"position\"; expected {potential.Dimension}.");
        }
        if (restored.Transitions != saved.Transitions || restored.Warmup != settings.Warmup || restored.Key != settings.KeyOf(chain))
        {
            throw new InvalidDataException($"{saved.Owner} has other counts or another key than its run. It is damaged.");
        }
    }

    private void RequireOneMore(ChainState after, int before)
    {
        if (after.Transitions != before + 1)
        {
            throw new InvalidOperationException(
                $"{settings.Sampler.GetType().Name}.Step gave back a record of {after.Transitions} transitions; expected {before + 1}. A step ends "
                    + "in ChainState.Move or ChainState.Stay, once.");
        }
    }

    private string? NewNotes()
    {
        string[] news = [.. Notes.Skip(toldNotes).Select(note => note.Text)];
        toldNotes += news.Length;
        return news.Length == 0 ? null : string.Join(' ', news);
    }

    /// <summary>All that the chain needs to go on.</summary>
    public ChainSnapshot Snapshot(long fileLength = 0)
    {
        Dictionary<string, double[]> numbers = new(State.ToNumbers());
        if (potential.HasLeftProgram)
        {
            numbers[RunsModel] = [1];
        }
        return new ChainSnapshot
        {
            Chain = chain,
            Transitions = State.Transitions,
            Divergences = divergences,
            Failures = potential.Failures,
            ExplainedFailures = potential.ExplainedCount,
            Notes = Notes,
            FileLength = fileLength,
            Numbers = numbers,
        };
    }
}
