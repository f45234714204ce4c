using Pyrite.Inference.Exchange;
using Pyrite.Inference.Runs;
using Pyrite.Inference.Samplers;
using Pyrite.Serialization;

namespace Pyrite;

/// <summary>Files to which a run of MCMC writes its draws while it samples, so that memory does not grow and a run that dies can be taken up
/// again.</summary>
/// <remarks>
/// Each chain has two: <c>path_1.csv</c> with its draws as <see cref="CmdStanCsv"/> writes them, exact and readable by other tools at any time, and
/// <c>path_1.state</c> (safetensors) with where it stands. Both are brought up to date after every block of draws, or of as many transitions of
/// warm-up: a process that is killed loses at most the last block. While a run writes, <c>path.lock</c> keeps other runs away; the system releases it
/// when the process ends. The files of a path are one set: a run that replaces an earlier one replaces all its chains.
/// </remarks>
/// <param name="Path">Folder and beginning of the names; the folder must exist. Symbolic links are written through.</param>
public sealed record ChainFiles(string Path)
{
    /// <summary>Draws between two saves of a chain. A save waits for the disk, some milliseconds.</summary>
    public int BlockSize
    {
        get; init =>
        field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(BlockSize), value, "A block has at least one draw.");
    } = 200;

    /// <summary>Whether a new run may replace the files of an earlier one; else it is refused.</summary>
    public bool Replace { get; init; }

    /// <summary>What the comments of the files call the model: 1 to 1,000 characters.</summary>
    public string Model
    {
        get; init =>
        field = value is { Length: >= 1 and <= 1_000 } ? value
            : throw new ArgumentException($"The name of a model has 1 to 1,000 characters; found {value?.Length ?? 0}.", nameof(Model));
    } = "model";

    /// <summary>Refuses paths that cannot be written, and files of an earlier run that must not be replaced.</summary>
    /// <exception cref="IOException">There are such files, or a folder or device stands there.</exception>
    internal void RequireFree(int chains)
    {
        ChainFileSet earlier = ChainFileSet.Of(Path);
        if (!Replace && earlier.States.Concat(earlier.Draws).FirstOrDefault() is { } file)
        {
            throw new IOException(
                $"A new run would overwrite {file}. Take the earlier run up with Mcmc.Resume, choose another path, or set Replace.");
        }
        for (int chain = 0; chain < chains; chain++)
        {
            _ = FileTarget.Of(ChainFileSet.StateOf(Path, chain));
            _ = FileTarget.Of(ChainFileSet.DrawsOf(Path, chain));
        }
    }

    /// <summary>Removes all files of an earlier run, those of chains that the new run does not have too.</summary>
    internal void Clear()
    {
        ChainFileSet earlier = ChainFileSet.Of(Path);
        // States go first: without one nobody mistakes what is left for a run. A link stays, and what it leads to goes.
        foreach (string file in earlier.States.Concat(earlier.Draws))
        {
            File.Delete(FileTarget.Of(file));
        }
    }

    /// <summary>Reads the states of all chains.</summary>
    /// <exception cref="InvalidDataException">A state is damaged, or the states are of different runs.</exception>
    /// <exception cref="FileNotFoundException">A chain has no state.</exception>
    internal static SavedRun Load(string path)
    {
        if (!File.Exists(ChainFileSet.StateOf(path, 0)))
        {
            throw new FileNotFoundException(Missing(path), ChainFileSet.StateOf(path, 0));
        }
        SavedRun first = McmcStateFile.LoadChain(ChainFileSet.StateOf(path, 0), 0);
        List<ChainSnapshot> chains = [first.Chains[0]];
        int draws = first.Settings.Draws;
        for (int chain = 1; chain < first.Settings.Chains; chain++)
        {
            string file = ChainFileSet.StateOf(path, chain);
            SavedRun next = McmcStateFile.LoadChain(file, chain);
            bool isSame =
                (next.Settings with { Draws = 0, Sampler = first.Settings.Sampler }) == (first.Settings with { Draws = 0 })
                    && next.Settings.Sampler.GetType() == first.Settings.Sampler.GetType()
                    && next.Settings.Sampler.ToString() == first.Settings.Sampler.ToString();
            chains.Add(
                isSame
                    ? next.Chains[0]
                    : throw new InvalidDataException(
                        $"{file} is of another run than {ChainFileSet.StateOf(path, 0)}: their settings differ. Resume files of one run together."));
            draws = Math.Max(draws, next.Settings.Draws);
        }
        return first with { Settings = first.Settings with { Draws = draws }, Chains = chains };
    }

    /// <summary>All values by name, the same in every culture.</summary>
    public override string ToString() => RecordText.Of(this);

    /// <summary>Why there is no run under a path: mostly another kind of file was saved there.</summary>
    private static string Missing(string path)
    {
        string start = $"There is no run under \"{path}\": {ChainFileSet.StateOf(path, 0)} does not exist.";
        return ChainFileSet.Of(path).Draws.Count > 0
            ? $"{start} The draws there were saved with SaveCsv: read them with CmdStanCsv.Load(\"{path}\")."
            : File.Exists(path) ? $"{start} \"{path}\" is a file: {FileContent.Reader(path)}"
            : $"{start} Give the path of its ChainFiles, without \"_1.state\".";
    }
}
