namespace Pyrite.Inference.Mcmc;

/// <summary>The draws of all chains, made room for once; every chain writes its own part.</summary>
internal sealed class DrawsTable
{
    private readonly IReadOnlyList<PotentialSite> quantities;
    private readonly double[][] values;
    private readonly double[][] statistics;
    private readonly double[][] rows;

    public DrawsTable(IReadOnlyList<PotentialSite> quantities, int chains, int drawsPerChain)
    {
        this.quantities = quantities;
        Chains = chains;
        DrawsPerChain = drawsPerChain;
        int count = chains * drawsPerChain, width = quantities.Sum(quantity => (int)quantity.Shape.Count);
        values = [.. quantities.Select(quantity => new double[checked(count * (int)quantity.Shape.Count)])];
        statistics = [.. SamplerColumns.All.Select(_ => new double[count])];
        rows = [.. Enumerable.Range(0, chains).Select(_ => new double[width])];
    }

    public int Chains { get; }

    public int DrawsPerChain { get; }

    /// <summary>Writes where a chain is as one of its draws.</summary>
    public void Write(int chain, int draw, Potential potential, ChainState state)
    {
        int row = (chain * DrawsPerChain) + draw;
        potential.Constrain(state.Point, rows[chain]);
        for (int i = 0; i < values.Length; i++)
        {
            int size = (int)quantities[i].Shape.Count;
            rows[chain].AsSpan(quantities[i].Offset, size).CopyTo(values[i].AsSpan(row * size));
        }
        Transition last = state.Last;
        statistics[0][row] = last.LogDensity;
        statistics[1][row] = last.AcceptanceProbability;
        statistics[2][row] = last.StepSize;
        statistics[3][row] = last.TreeDepth;
        statistics[4][row] = last.LeapfrogSteps;
        statistics[5][row] = last.IsDivergent ? 1 : 0;
        statistics[6][row] = last.Energy;
    }

    /// <summary>The draws by name.</summary>
    public Draws Draws() => new(Chains, DrawsPerChain, quantities.Select((quantity, i) => new DrawsVariable(quantity.Name, quantity.Shape, values[i], quantity.Dimensions)));

    /// <summary>What the sampler reported.</summary>
    public Draws Statistics() => new(Chains, DrawsPerChain, SamplerColumns.All.Select((name, i) => new DrawsVariable(name, Shape.Scalar, statistics[i])));
}
