using Pyrite.Inference.Runs;


namespace Pyrite;

/// <summary>All that a run of MCMC needs to go on as if it had never stopped: where each chain is, what its sampler has learnt, and the draws so
/// far.</summary>
/// <remarks>
/// Take it from <see cref="McmcResult.State"/> and give it to
/// <see cref="Mcmc.Resume(Action, McmcState, int?, IProgress{McmcProgress}?, CancellationToken, Sampler?, ProcessGroup?)"/>; the sampler and its
/// settings are part of it, but for parts of your own, which are given again. The keys of later draws follow from seed and counts. Saved as one
/// safetensors file, whose metadata holds the rest as JSON under <c>pyrite.mcmc</c>.
/// </remarks>
public sealed class McmcState
{
    private readonly DrawsTable table;

    internal McmcState(SavedRun run, DrawsTable table)
    {
        Run = run;
        this.table = table;
    }

    /// <summary>The sampler with its settings; without the metric that it was given to begin with. Of a state that was read from a file, a stand-in
    /// where the sampler is not the library's, or has parts that are not; its text names them.</summary>
    public Sampler Sampler => Run.Settings.Sampler;

    /// <summary>The seed.</summary>
    public ulong Seed => Run.Settings.Seed;

    /// <summary>How many chains there are.</summary>
    public int Chains => Run.Settings.Chains;

    /// <summary>Transitions of warm-up that were asked for, of each chain.</summary>
    public int Warmup => Run.Settings.Warmup;

    /// <summary>Draws that were asked for, of each chain.</summary>
    public int DrawsPerChain => Run.Settings.Draws;

    /// <summary>Transitions for each draw that is kept.</summary>
    public int Thinning => Run.Settings.Thinning;

    /// <summary>How many transitions each chain has made, warm-up included.</summary>
    public IReadOnlyList<long> Transitions => [.. Run.Chains.Select(chain => chain.Transitions)];

    /// <summary>Whether all chains have all draws.</summary>
    public bool IsComplete => Run.IsComplete;

    internal SavedRun Run { get; }

    /// <summary>Writes the state; an earlier file is replaced as a whole or not at all, whenever the process may die.</summary>
    /// <param name="path">The file to write.</param>
    /// <exception cref="IOException">The file cannot be written; an earlier one is kept whole.</exception>
    public void Save(string path) => McmcStateFile.Save(path, Run, table);

    /// <summary>Reads a state.</summary>
    /// <param name="path">A file that <see cref="Save"/> wrote.</param>
    /// <exception cref="InvalidDataException">The file is damaged, or holds something else.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static McmcState Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return McmcStateFile.Load(path);
    }

    /// <summary>Copies the draws into a table with room for more.</summary>
    internal void CopyDraws(DrawsTable target)
    {
        for (int chain = 0; chain < Chains; chain++)
        {
            target.Fill(chain, table.Lengths[chain], [.. table.Of(chain).Select(part => part.Values)]);
        }
    }
}
