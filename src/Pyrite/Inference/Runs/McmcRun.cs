using System.Diagnostics;
using Pyrite.Inference.Potentials;
using Pyrite.Serialization;

namespace Pyrite.Inference.Runs;

/// <summary>All chains of a run: begun or restored, run side by side, and what they gave.</summary>
internal sealed class McmcRun
{
    private readonly Potential potential;
    private readonly McmcSettings settings;
    private readonly ActivityContext activity;
    private readonly ChainRun[] runs;

    public McmcRun(Potential potential, McmcSettings settings, IProgress<McmcProgress>? progress, CancellationToken cancellation, Activity? activity)
    {
        McmcActivity.Describe(activity, settings);
        this.activity = activity?.Context ?? default;
        this.potential = potential;
        this.settings = settings;
        runs = [.. Enumerable.Range(0, settings.Chains).Select(chain => new ChainRun(chain, potential.Fork(), settings, progress, cancellation))];
    }

    /// <summary>Begins all chains.</summary>
    public void Start(InitialValues start)
    {
        Workers.For(runs.Length, chain => runs[chain].Start(start));
    }

    /// <summary>Puts all chains where they were saved.</summary>
    /// <exception cref="InvalidDataException">A chain was saved by another model.</exception>
    public void Restore(SavedRun saved)
    {
        saved.RequireModel(potential);
        for (int chain = 0; chain < runs.Length; chain++)
        {
            runs[chain].Restore(saved.Chains[chain]);
        }
    }

    /// <summary>Runs with draws in memory.</summary>
    /// <param name="earlier">The draws before this run; null if there are none.</param>
    public McmcResult Run(Action<DrawsTable>? earlier = null)
    {
        DrawsTable table = new(potential.Quantities, settings.Chains, settings.Draws);
        earlier?.Invoke(table);
        Workers.For(runs.Length, chain => runs[chain].Run(table, activity));
        SavedRun state = new(settings, potential.Sites.Count, potential.Quantities, [.. runs.Select(run => run.Snapshot())]);
        return Result(table.Sampled, new McmcState(state, table));
    }

    /// <summary>Runs with draws in files.</summary>
    /// <param name="files">The files.</param>
    /// <param name="earlier">What they hold; null for files that are yet to be made.</param>
    public McmcResult Run(ChainFiles files, SavedRun? earlier)
    {
        ChainFile[] targets = new ChainFile[runs.Length];
        try
        {
            for (int chain = 0; chain < runs.Length; chain++)
            {
                targets[chain] = new ChainFile(files, chain, settings, potential);
                targets[chain].Open(runs[chain], earlier?.Chains[chain]);
            }
            Workers.For(runs.Length, chain => runs[chain].Run(targets[chain], activity));
            for (int chain = 0; chain < runs.Length; chain++)
            {
                targets[chain].End(runs[chain]);
            }
        }
        catch (IOException problem) when (problem is not (FileNotFoundException or DirectoryNotFoundException) && !FileTargetException.Is(problem))
        {
            throw new IOException(
                $"The run cannot write to \"{files.Path}\": {FileTarget.Reason(problem)} What was saved before is whole; go on with "
                    + "Mcmc.Resume once the files can be written.", problem);
        }
        finally
        {
            Array.ForEach(targets, target => target?.Dispose());
        }
        return Result(() => ChainFileReader.Read(files.Path, settings.Chains, potential.Quantities, null), null);
    }

    private McmcResult Result(Func<SampledDraws?> sampled, McmcState? state)
    {
        bool isHamiltonian = settings.Sampler is HamiltonianSampler;
        return new McmcResult(settings, sampled, PotentialFailure.Merge(runs.SelectMany(run => run.Potential.Failures)))
        {
            IsComplete = Array.TrueForAll(runs, run => run.IsComplete),
            State = state,
            Notes = RunMessages.Merge(runs.SelectMany(run => run.Notes)),
            SummedOut = potential.SummedOut,
            Model = potential.Model,
            Continuous = [.. potential.Sites.Select(site => site.Name)],
            StepSizes = isHamiltonian ? [.. runs.Select(run => HamiltonianSampler.StepSizeOf(run.State))] : [],
            Metrics = isHamiltonian ? [.. runs.Select(run => HamiltonianSampler.MetricOf(run.State))] : [],
        };
    }
}
