using Pyrite.Inference.Exchange;
using Pyrite.Serialization;

namespace Pyrite;

/// <summary>Draws as the CSV files that CmdStan writes, one per chain: CmdStanPy, cmdstanr, rstan, ArviZ, posterior and Stan's own tools read
/// them.</summary>
/// <remarks>
/// Columns are named as Stan names them, counting from 1 with the first index running fastest: <c>theta.1</c>, <c>sigma.2.1</c>. What the sampler
/// reports comes first (<see cref="SamplerColumns"/>). Numbers are written so that they read back exactly; lines that begin with # are comments: the
/// settings of the run, step size and metric after warm-up, and the time it took. Files of CmdStan, RStan, PyStan and their kin are read by what
/// their comments say they hold.
/// </remarks>
public static class CmdStanCsv
{
    /// <summary>Writes one file per chain, all of them or none: <c>path_1.csv</c>, <c>path_2.csv</c>, … The files replace those of an earlier run as
    /// a set.</summary>
    /// <param name="path">Folder and beginning of the names; the folder must exist.</param>
    /// <param name="draws">The draws.</param>
    /// <param name="statistics">What the sampler reported, with names that end in two underscores; null if nothing. Without all of
    /// <see cref="SamplerColumns"/> the files say that parameters were fixed, as CmdStan does for draws without a sampler.</param>
    /// <param name="run">What the comments say about the run; null for the usual settings.</param>
    /// <returns>The paths of the files.</returns>
    /// <exception cref="ArgumentException">A name cannot stand in a header, or the statistics are of other chains.</exception>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="IOException">The files cannot be written, or belong to a run of <see cref="ChainFiles"/>; what stood there is
    /// unchanged.</exception>
    public static IReadOnlyList<string> Save(string path, Draws draws, Draws? statistics = null, CmdStanRun? run = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(draws);
        FileTarget.RequireBeginning(path, ChainFileSet.DrawsOf(path, 0));
        CmdStanWriter writer = new(draws, statistics, run ?? new CmdStanRun());
        ChainFileSet earlier = ChainFileSet.Of(path);
        if (earlier.States.Count > 0)
        {
            throw new IOException(
                $"{earlier.States[0]} is the state of a run whose draws stand in {path}_1.csv. Choose another path, or remove the files of that "
                    + "run.");
        }
        string[] paths = [.. Enumerable.Range(0, draws.Chains).Select(chain => ChainFileSet.DrawsOf(path, chain))];
        AtomicFile.WriteSet(
            [.. paths.Select((file, chain) => KeyValuePair.Create(file, (Action<Stream>)(stream => writer.WriteChain(stream, chain))))]);
        // Chains of an earlier run beyond these would be taken for chains of this one.
        earlier.DrawsBeyond(draws.Chains).ForEach(File.Delete);
        return paths;
    }

    /// <summary>Reads draws of one run, one file per chain, in the order given.</summary>
    /// <param name="paths">The files; all must have the same columns and as many draws. Rows of warm-up, and the mean that stands above the draws of
    /// a variational approximation, are left out.</param>
    /// <param name="limits">What is too large; null for the usual limits.</param>
    /// <exception cref="InvalidDataException">A file is not as CmdStan writes it, holds no draws (those of <c>optimize</c> and <c>diagnose</c>), was
    /// cut off, differs from the first, or is larger than the limits.</exception>
    /// <exception cref="FileNotFoundException">A file does not exist.</exception>
    public static CmdStanDraws Load(IReadOnlyList<string> paths, CmdStanLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(paths);
        return paths.Count > 0
            ? CmdStanReader.Draws(paths, limits ?? new CmdStanLimits())
            : throw new ArgumentException("Reading CmdStan files needs at least one path.", nameof(paths));
    }

    /// <summary>Reads all chains that <see cref="Save"/> or <see cref="McmcResult.SaveCsv"/> wrote under a path.</summary>
    /// <param name="path">The path that was given there: the files are <c>path_1.csv</c>, <c>path_2.csv</c>, …</param>
    /// <param name="limits">What is too large; null for the usual limits.</param>
    /// <exception cref="InvalidDataException">As for a list of files.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static CmdStanDraws Load(string path, CmdStanLimits? limits = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) && File.Exists(path))
        {
            return Load([path], limits);
        }
        IReadOnlyList<string> files = ChainFileSet.Of(path).Draws;
        return files.Count > 0
            ? Load(files, limits)
            : throw new FileNotFoundException(
                $"There is no file {ChainFileSet.DrawsOf(path, 0)}. Give the path that the draws were saved under, or a list of files.",
                    ChainFileSet.DrawsOf(path, 0));
    }

    /// <summary>Reads the point that a file holds: the optimum of <c>optimize</c>, or the mean of a variational approximation.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limits">What is too large; null for the usual limits.</param>
    /// <exception cref="InvalidDataException">The file holds draws, is damaged, or is larger than the limits.</exception>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    public static CmdStanEstimate LoadEstimate(string path, CmdStanLimits? limits = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return CmdStanReader.Estimate(path, limits ?? new CmdStanLimits());
    }
}
