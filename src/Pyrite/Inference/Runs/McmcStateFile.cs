using System.Globalization;
using System.Text.Json;
using Pyrite.Inference.Samplers;

namespace Pyrite.Inference.Runs;

/// <summary>The file format of saved runs: numbers of chains and draws as safetensors, everything else as JSON in its metadata, so that both change
/// together.</summary>
internal static class McmcStateFile
{
    public const string MetadataKey = "pyrite.mcmc";

    /// <summary>Writes a run; the file is replaced as a whole.</summary>
    /// <param name="path">The file.</param>
    /// <param name="run">The run, with all chains or one.</param>
    /// <param name="table">Its draws; null where they are in files of their own.</param>
    public static void Save(string path, SavedRun run, DrawsTable? table)
    {
        List<KeyValuePair<string, Tensor>> tensors = [];
        foreach (ChainSnapshot chain in run.Chains)
        {
            foreach ((string name, double[] numbers) in chain.Numbers.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            {
                tensors.Add(KeyValuePair.Create(NumbersPrefix(chain.Chain) + name, Tensor.From(numbers)));
            }
            if (table is null)
            {
                continue;
            }
            foreach ((string name, Shape shape, double[] values) in table.Of(chain.Chain))
            {
                tensors.Add(
                    KeyValuePair.Create(DrawsPrefix(chain.Chain) + name, Tensor.From(values, Shape.Create(table.Lengths[chain.Chain]) + shape)));
            }
        }
        SafeTensors.Save(path, tensors, [KeyValuePair.Create(MetadataKey, McmcStateJson.Write(run))]);
    }

    /// <summary>Reads all chains of a run with their draws.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, or holds something else.</exception>
    public static McmcState Load(string path) => Read(path, FileContent.Run, (run, tensors) =>
    {
        if (run.Chains.Count != run.Settings.Chains || run.Chains.Where((chain, i) => chain.Chain != i).Any())
        {
            throw new FormatException(
                $"the state has {run.Chains.Count} chains of {run.Settings.Chains}. States beside files of draws are read with Mcmc.Resume and "
                    + "McmcResult.Load");
        }
        int longest = run.Chains.Max(chain => run.Settings.RowsAfter(chain.Transitions));
        DrawsTable table = new(run.Quantities, run.Settings.Chains, Math.Max(1, longest));
        foreach (ChainSnapshot chain in run.Chains)
        {
            int rows = run.Settings.RowsAfter(chain.Transitions);
            string prefix = DrawsPrefix(chain.Chain);
            table.Fill(chain.Chain, rows,
                [.. run.Quantities.Select(quantity => Take(tensors, prefix + quantity.Name, Shape.Create(rows) + quantity.Shape)),
                .. SamplerColumns.All.Select(name => Take(tensors, prefix + name, Shape.Create(rows)))]);
        }
        return new McmcState(run, table);
    });

    /// <summary>Reads the state of one chain, whose draws are elsewhere.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, or holds something else.</exception>
    public static SavedRun LoadChain(string path, int chain) =>
        Read(path, FileContent.Chain, (run, _) => run.Chains.Count == 1 && run.Chains[0].Chain == chain && chain < run.Settings.Chains
        ? run
        : throw new FormatException($"expected the state of chain {chain} alone, found {run.Chains.Count} chains of {run.Settings.Chains}"));

    private static T Read<T>(string path, string own, Func<SavedRun, NamedTensors, T> make) =>
        FileContent.Read(path, own, () => ReadState(path, make));

    private static T ReadState<T>(string path, Func<SavedRun, NamedTensors, T> make)
    {
        NamedTensors tensors = SafeTensors.Load(path);
        if (!tensors.Metadata.TryGetValue(MetadataKey, out string? json))
        {
            throw new InvalidDataException(
                $"Reading {path}: it holds tensors but no state of a run of MCMC (metadata \"{MetadataKey}\" is missing). Write it with "
                    + "McmcState.Save.");
        }
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = McmcStateJson.MaxDepth });
            return make(McmcStateJson.Read(document.RootElement, chain => Under(tensors, NumbersPrefix(chain))), tensors);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or KeyNotFoundException or FormatException
            or ArgumentException or OverflowException)
        {
            throw new InvalidDataException($"Reading {path}: its metadata \"{MetadataKey}\" is not the state of a run of MCMC: {fault.Message}",
                fault);
        }
    }

    private static string NumbersPrefix(int chain) => string.Create(CultureInfo.InvariantCulture, $"chains/{chain}/");

    private static string DrawsPrefix(int chain) => string.Create(CultureInfo.InvariantCulture, $"draws/{chain}/");

    private static Dictionary<string, double[]> Under(NamedTensors tensors, string prefix) => tensors
        .Where(entry => entry.Key.StartsWith(prefix, StringComparison.Ordinal))
        .ToDictionary(entry => entry.Key[prefix.Length..], entry => Numbers(entry.Key, entry.Value));

    private static double[] Take(NamedTensors tensors, string name, Shape shape)
    {
        double[] numbers = Numbers(name, tensors[name]);
        return tensors[name].Shape == shape ? numbers : throw new FormatException($"\"{name}\" has shape {tensors[name].Shape}; expected {shape}");
    }

    private static double[] Numbers(string name, Tensor tensor) => tensor.DType == DType.Float64
        ? tensor.ToArray<double>()
        : throw new FormatException($"\"{name}\" has type {tensor.DType}; expected {DType.Float64}");
}
