using Pyrite.Inference.Samplers;

namespace Pyrite.Inference.Runs;

/// <summary>The draws of all chains in memory, made room for once; every chain writes its own part.</summary>
internal sealed class DrawsTable : IDrawsTarget
{
    private readonly IReadOnlyList<PotentialSite> quantities;
    private readonly double[][] values;
    private readonly double[][] statistics;
    private readonly double[][] rows;
    private readonly int[] lengths;

    public DrawsTable(IReadOnlyList<PotentialSite> quantities, int chains, int drawsPerChain)
    {
        this.quantities = quantities;
        Chains = chains;
        DrawsPerChain = drawsPerChain;
        int count = checked(chains * drawsPerChain), width = quantities.Sum(quantity => (int)quantity.Shape.Count);
        values = [.. quantities.Select(quantity => new double[checked(count * (int)quantity.Shape.Count)])];
        statistics = [.. SamplerColumns.All.Select(_ => new double[count])];
        rows = [.. Enumerable.Range(0, chains).Select(_ => new double[width])];
        lengths = new int[chains];
    }

    public int Chains { get; }

    public int DrawsPerChain { get; }

    /// <summary>How many draws each chain has.</summary>
    public IReadOnlyList<int> Lengths => lengths;

    /// <inheritdoc/>
    public void Write(int chain, int draw, Potential potential, ChainState state)
    {
        int row = (chain * DrawsPerChain) + draw;
        potential.Constrain(state.Position, rows[chain]);
        for (int i = 0; i < values.Length; i++)
        {
            int size = (int)quantities[i].Shape.Count;
            rows[chain].AsSpan(quantities[i].Offset, size).CopyTo(values[i].AsSpan(row * size));
        }
        Span<double> report = stackalloc double[SamplerReport.Count];
        SamplerReport.Write(state.Last, report);
        for (int i = 0; i < report.Length; i++)
        {
            statistics[i][row] = report[i];
        }
        lengths[chain] = draw + 1;
    }

    /// <inheritdoc/>
    public void Follow(ChainRun run, bool isEnd)
    {
    }

    /// <summary>The draws of one chain so far, row-major: quantities first, then what the sampler reported.</summary>
    public IEnumerable<(string Name, Shape EventShape, double[] Values)> Of(int chain)
    {
        for (int i = 0; i < values.Length; i++)
        {
            int size = (int)quantities[i].Shape.Count;
            yield return (quantities[i].Name, quantities[i].Shape, values[i].AsSpan(chain * DrawsPerChain * size, lengths[chain] * size).ToArray());
        }
        for (int i = 0; i < statistics.Length; i++)
        {
            yield return (SamplerColumns.All[i], Shape.Scalar, statistics[i].AsSpan(chain * DrawsPerChain, lengths[chain]).ToArray());
        }
    }

    /// <summary>Takes over the draws of one chain.</summary>
    public void Fill(int chain, int length, IReadOnlyList<double[]> parts)
    {
        for (int i = 0; i < parts.Count; i++)
        {
            (double[] target, int size) = i < values.Length ? (values[i], (int)quantities[i].Shape.Count) : (statistics[i - values.Length], 1);
            parts[i].CopyTo(target, chain * DrawsPerChain * size);
        }
        lengths[chain] = length;
    }

    /// <summary>The draws by name and what the sampler reported; null where there are none yet.</summary>
    public SampledDraws? Sampled()
    {
        SampledDraws all = new(
            new Draws(Chains, DrawsPerChain, quantities.Select((quantity, i) => quantity.Draws(values[i]))),
            new Draws(Chains, DrawsPerChain, SamplerColumns.All.Select((name, i) => new DrawsVariable(name, Shape.Scalar, statistics[i]))));
        return all.Keep(KeptChains.Of(lengths));
    }
}
