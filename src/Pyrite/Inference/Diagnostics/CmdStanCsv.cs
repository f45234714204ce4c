using Pyrite.Diagnostics;
using Pyrite.Serialization;

namespace Pyrite;

/// <summary>Draws as the CSV files that CmdStan writes, one a chain: ArviZ, posterior, cmdstanr and Stan's own tools read them.</summary>
/// <remarks>
/// Columns are named as Stan names them, counting from 1 with the first index running fastest: <c>theta.1</c>, <c>sigma.2.1</c>. What the sampler
/// reports comes first (<see cref="SamplerColumns"/>). Numbers are written so that they read back exactly; lines that begin with # are comments.
/// </remarks>
public static class CmdStanCsv
{
    /// <summary>Writes one file a chain, each whole or not at all: <c>path_1.csv</c>, <c>path_2.csv</c>, …</summary>
    /// <param name="path">Folder and beginning of the names; the folder must exist, files are replaced.</param>
    /// <param name="draws">The draws.</param>
    /// <param name="statistics">What the sampler reported, with names that end in two underscores; null if nothing.</param>
    /// <param name="run">What the comments say about the run; null for the usual settings.</param>
    /// <returns>The paths of the files.</returns>
    /// <exception cref="ArgumentException">A name cannot stand in a header, or the statistics are of other chains.</exception>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    public static IReadOnlyList<string> Save(string path, Draws draws, Draws? statistics = null, CmdStanRun? run = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(draws);
        CmdStanWriter writer = new(draws, statistics, run ?? new CmdStanRun());
        string[] paths = new string[draws.Chains];
        for (int chain = 0; chain < paths.Length; chain++)
        {
            int one = chain;
            paths[chain] = $"{path}_{chain + 1}.csv";
            AtomicFile.Write(paths[chain], stream => writer.WriteChain(stream, one));
        }
        return paths;
    }

    /// <summary>Reads files of one run, one a chain, in the order given.</summary>
    /// <param name="paths">The files; all must have the same columns and as many draws. Warm-up draws that a file says it holds are left out.</param>
    /// <param name="limits">What is too large; null for the usual limits.</param>
    /// <exception cref="InvalidDataException">A file is not as CmdStan writes it, differs from the first, or is larger than the limits.</exception>
    /// <exception cref="FileNotFoundException">A file does not exist.</exception>
    public static CmdStanDraws Load(IReadOnlyList<string> paths, CmdStanLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(paths);
        if (paths.Count == 0)
        {
            throw new ArgumentException("Reading CmdStan files needs at least one path.", nameof(paths));
        }
        limits ??= new CmdStanLimits();
        List<CmdStanChain> chains = [];
        long numbers = 0;
        foreach (string path in paths)
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
            CmdStanChain chain = CmdStanChain.Read(path, stream, limits, limits.Numbers - numbers);
            numbers += chain.Numbers.Count;
            if (chains.Count > 0)
            {
                chain.RequireLike(chains[0]);
            }
            chains.Add(chain);
        }
        return CmdStanColumns.Assemble(chains);
    }
}
