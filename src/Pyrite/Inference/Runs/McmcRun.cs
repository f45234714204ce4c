using System.Diagnostics;
using System.Globalization;
using Pyrite.Inference.Potentials;
using Pyrite.Inference.Samplers;
using Pyrite.Serialization;

namespace Pyrite.Inference.Runs;

/// <summary>All chains of a run: begun or restored, run side by side, and what they gave. The processes of a group have a range of chains each, with
/// the keys that they have in one process; in the end each has all of them.</summary>
internal sealed class McmcRun
{
    private readonly Potential potential;
    private readonly McmcSettings settings;
    private readonly ActivityContext activity;
    private readonly ProcessGroup group;
    private readonly ChainRun[] runs;

    public McmcRun(Potential potential, McmcSettings settings, ProcessGroup? group, IProgress<McmcProgress>? progress, CancellationToken cancellation,
        Activity? activity)
    {
        this.group = group ?? ProcessGroup.Alone;
        McmcActivity.Describe(activity, settings);
        this.activity = activity?.Context ?? default;
        this.potential = potential;
        this.settings = settings;
        int[] all = [.. Enumerable.Range(0, settings.Chains)];
        runs = [.. all[this.group.RangeOf(settings.Chains)].Select(chain => new ChainRun(chain, potential.Fork(), settings, progress, cancellation))];
        RequireAlike();
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
        foreach (ChainRun run in runs)
        {
            run.Restore(saved.Chains[run.Chain]);
        }
    }

    /// <summary>Runs with draws in memory.</summary>
    /// <param name="earlier">The draws before this run; null if there are none.</param>
    public McmcResult Run(Action<DrawsTable>? earlier = null)
    {
        DrawsTable table = new(potential.Quantities, settings.Chains, settings.Draws);
        earlier?.Invoke(table);
        Workers.For(runs.Length, chain => runs[chain].Run(table, activity));
        SavedRun state = Join(table);
        return Result(state, table.Sampled, new McmcState(state, table));
    }

    /// <summary>Runs with draws in files.</summary>
    /// <param name="files">The files.</param>
    /// <param name="earlier">What they hold; null for files that are yet to be made.</param>
    public McmcResult Run(ChainFiles files, SavedRun? earlier)
    {
        ChainFile[] targets = new ChainFile[runs.Length];
        try
        {
            for (int i = 0; i < runs.Length; i++)
            {
                targets[i] = new ChainFile(files, runs[i].Chain, settings, potential);
                targets[i].Open(runs[i], earlier?.Chains[runs[i].Chain]);
            }
            Workers.For(runs.Length, i => runs[i].Run(targets[i], activity));
            for (int i = 0; i < runs.Length; i++)
            {
                targets[i].End(runs[i]);
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
        return Result(Join(null), () => ChainFileReader.Read(files.Path, settings.Chains, potential.Quantities, null), null);
    }

    private void RequireAlike()
    {
        if (group.Size > 1)
        {
            group.RequireAlike(
            [
                new("the kind of processor", Machine.Kind),
                new("the number of chains", settings.Chains.ToString(CultureInfo.InvariantCulture)),
                new("the length of warm-up", settings.Warmup.ToString(CultureInfo.InvariantCulture)),
                new("the number of draws", settings.Draws.ToString(CultureInfo.InvariantCulture)),
                new("the thinning", settings.Thinning.ToString(CultureInfo.InvariantCulture)),
                new("the seed", settings.Seed.ToString(CultureInfo.InvariantCulture)),
                new("the sampler", SamplerJson.Text(settings.Sampler)),
                new("the sites", string.Join(", ", potential.Quantities.Select(quantity => $"{quantity.Name} {quantity.Shape}"))),
            ], "a run of MCMC");
        }
    }

    /// <summary>Where the chains of all processes stand.</summary>
    /// <param name="table">The draws of the chains here, and then of all; null where they are in files.</param>
    private SavedRun Join(DrawsTable? table)
    {
        ChainSnapshot[] own = [.. runs.Select(run => run.Snapshot())];
        SavedRun here = new(settings, potential.Sites.Count, potential.Quantities, own);
        if (group.Size == 1)
        {
            return here;
        }
        DrawsTable draws = table ?? new DrawsTable(potential.Quantities, settings.Chains, 0);

        // Chains need not be equally long.
        group.MayTakeLong = true;
        IReadOnlyList<byte[]> parcels = group.GatherEverywhere(own.Length == 0 ? [] : ChainParcel.Pack(here, draws), "chains");
        group.MayTakeLong = false;
        return here with
        {
            Chains =
            [
                .. parcels.SelectMany((parcel, rank) => rank == group.Rank ? own : parcel.Length == 0 ? [] : ChainParcel.Unpack(parcel, draws)),
            ],
        };
    }

    private McmcResult Result(SavedRun all, Func<SampledDraws?> sampled, McmcState? state)
    {
        HamiltonianSampler? sampler = settings.Sampler as HamiltonianSampler;
        return new McmcResult(settings, sampled, PotentialFailure.Merge(all.Chains.SelectMany(chain => chain.Failures)))
        {
            IsComplete = all.IsComplete,
            State = state,
            Notes = RunMessages.Merge(all.Chains.SelectMany(chain => chain.Notes)),
            SummedOut = potential.SummedOut,
            Model = potential.Model,
            Continuous = [.. potential.Sites.Select(site => site.Name)],
            StepSizes = sampler is not null ? [.. all.Chains.Select(chain => chain.Read().Take("step_size", 1)[0])] : [],
            Metrics = sampler is null ? []
                : group.Size == 1 ? [.. runs.Select(run => HamiltonianSampler.MetricOf(run.State))]
                : [.. all.Chains.Select(chain => HamiltonianMotion.MetricOf(sampler, chain.Read(), potential.Dimension))],
        };
    }
}
