using System.Globalization;

namespace Pyrite;

/// <summary>Files to which a run of MCMC writes its draws while it samples, so that memory does not grow and a run that dies can be taken up again.</summary>
/// <remarks>
/// Each chain has two: <c>path_1.csv</c> with its draws as <see cref="CmdStanCsv"/> writes them, exact and readable by other tools at any time, and <c>path_1.state</c> (safetensors)
/// with where it stands. Both are brought up to date after every block of draws, or of as many transitions of warm-up: a process that is killed loses at most the last block.
/// </remarks>
/// <param name="Path">Folder and beginning of the names; the folder must exist.</param>
public sealed record ChainFiles(string Path)
{
    /// <summary>Draws between two saves of a chain. A save waits for the disk, some milliseconds.</summary>
    public int BlockSize { get; init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(BlockSize), value, "A block has at least one draw."); } = 200;

    /// <summary>Whether a new run may replace the files of an earlier one; else it is refused.</summary>
    public bool Replace { get; init; }

    internal static string DrawsOf(string path, int chain) => string.Create(CultureInfo.InvariantCulture, $"{path}_{chain + 1}.csv");

    internal static string StateOf(string path, int chain) => string.Create(CultureInfo.InvariantCulture, $"{path}_{chain + 1}.state");

    /// <summary>Refuses files of an earlier run, or removes them.</summary>
    /// <exception cref="IOException">There are such files, and they must not be replaced.</exception>
    internal void Clear(int chains)
    {
        for (int chain = 0; chain < chains; chain++)
        {
            // States go first: without one nobody mistakes what is left for a run.
            foreach (string file in (string[])[StateOf(Path, chain), DrawsOf(Path, chain)])
            {
                if (!Replace && File.Exists(file))
                {
                    throw new IOException($"A new run would overwrite {file}. Take the earlier run up with Mcmc.Resume, choose another path, or set Replace.");
                }
                File.Delete(file);
            }
        }
    }

    /// <summary>Reads the states of all chains.</summary>
    /// <exception cref="InvalidDataException">A state is damaged, or the states are of different runs.</exception>
    /// <exception cref="FileNotFoundException">A chain has no state.</exception>
    internal static Inference.Mcmc.SavedRun Load(string path)
    {
        Inference.Mcmc.SavedRun first = Inference.Mcmc.McmcStateFile.LoadChain(StateOf(path, 0), 0);
        List<Inference.Mcmc.ChainSnapshot> chains = [first.Chains[0]];
        int draws = first.Settings.Draws;
        for (int chain = 1; chain < first.Settings.Chains; chain++)
        {
            string file = StateOf(path, chain);
            Inference.Mcmc.SavedRun next = Inference.Mcmc.McmcStateFile.LoadChain(file, chain);
            bool isSame = (next.Settings with { Draws = 0, Sampler = first.Settings.Sampler }) == (first.Settings with { Draws = 0 }) && next.Settings.Sampler.GetType() == first.Settings.Sampler.GetType();
            chains.Add(isSame ? next.Chains[0] : throw new InvalidDataException($"{file} is of another run than {StateOf(path, 0)}: their settings differ. Resume files of one run together."));
            draws = Math.Max(draws, next.Settings.Draws);
        }
        return first with { Settings = first.Settings with { Draws = draws }, Chains = chains };
    }

    /// <summary>All values by name, the same in every culture.</summary>
    public override string ToString() => RecordText.Of(this);
}
