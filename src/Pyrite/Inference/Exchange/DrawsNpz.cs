using Pyrite.Inference.Diagnostics;


namespace Pyrite;

/// <summary>Draws as an NPZ archive, for NumPy: <c>np.load("draws.npz")["theta"]</c> has shape (chains, draws, …).</summary>
public static class DrawsNpz
{
    /// <summary>Writes an archive with one array a quantity, in their order.</summary>
    /// <remarks>
    /// Float64, Int64 for whole numbers; of the statistics, counts (<c>treedepth__</c>, <c>n_leapfrog__</c>) are Int64 and <c>divergent__</c> is
    /// Bool. Whether there are chains stands in the comment of the archive.
    /// </remarks>
    /// <param name="path">The file to write; replaced as a whole or not at all.</param>
    /// <param name="draws">The draws: arrays [chains, draws, event…], or [draws, event…] without chains.</param>
    /// <param name="statistics">What the sampler reported, under the names of <see cref="SamplerColumns"/>; null if nothing.</param>
    /// <param name="compress">Whether the arrays are deflated.</param>
    /// <exception cref="ArgumentException">A statistic has the name of a quantity, or a name cannot stand in an archive.</exception>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    public static void Save(string path, Draws draws, Draws? statistics = null, bool compress = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(draws);
        List<KeyValuePair<string, Tensor>> arrays = [.. draws.Names.Select(name => KeyValuePair.Create(name, draws[name]))];
        foreach (string name in statistics?.Names ?? [])
        {
            Tensor numbers = statistics![name];
            arrays.Add(KeyValuePair.Create(name, name switch
            {
                SamplerColumns.TreeDepth or SamplerColumns.LeapfrogSteps => numbers.To(DType.Int64),
                SamplerColumns.Divergent => numbers > 0,
                _ => numbers,
            }));
        }
        Npz.Save(path, arrays, compress, DrawsArrays.Comment(draws));
    }

    /// <summary>Reads an archive that <see cref="Save"/> or <see cref="McmcResult.SaveNpz"/> wrote, or NumPy with such arrays.</summary>
    /// <remarks>The names of dimensions and entries stand in the comment of the archive, which NumPy passes over and which has room for 64 KiB;
    /// longer names are left out.</remarks>
    /// <param name="path">The file.</param>
    /// <param name="hasChains">Whether the first axis of the arrays counts chains; needed only for archives that neither say so nor show it.</param>
    /// <param name="mostBytes">The memory that all arrays together may take.</param>
    /// <exception cref="InvalidDataException">The archive is damaged, its arrays do not have the same chains and draws, or it cannot be told whether
    /// there are chains.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static SavedDraws Load(string path, bool? hasChains = null, long mostBytes = Npz.DefaultLimit)
    {
        NamedTensors arrays = Npz.Load(path, mostBytes);
        return new DrawsArrays(path, arrays, hasChains).Read();
    }
}
