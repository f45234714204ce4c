namespace Pyrite.Inference.Guides.Flows;

/// <summary>The network of a coupling flow: numbers for each coordinate of the second half from the first half.</summary>
internal sealed class CouplingNetwork : Module
{
    private const double LastLayerSpread = 0.01;

    private readonly Linear[] layers;
    private readonly int size;
    private readonly int half;
    private readonly int outputs;

    public CouplingNetwork(int size, int[]? hidden, int outputs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 2);
        this.size = size;
        this.outputs = outputs;
        half = size / 2;
        int[] widths = [half, .. hidden ?? [Math.Max(10, 2 * size)]];
        layers = new Linear[widths.Length];
        for (int i = 1; i < widths.Length; i++)
        {
            layers[i - 1] = AddModule($"hidden{i - 1}", new Linear(widths[i - 1], widths[i]));
        }
        layers[^1] =
            AddModule("last",
                new Linear(widths[^1], (size - half) * outputs, weightStart: Initializer.Normal(0, LastLayerSpread), biasStart: Initializer.Zeros));
    }

    public (Tensor First, Tensor Second) Split(Tensor x) => (x.Slice(-1, 0, half), x.Slice(-1, half, size - half));

    /// <summary>[.., second half, outputs].</summary>
    public Tensor Forward(Tensor first)
    {
        Tensor x = layers[0].Forward(first);
        for (int i = 1; i < layers.Length; i++)
        {
            x = layers[i].Forward(x.Tanh());
        }
        return x.Reshape(x.Shape[..^1] + [size - half, outputs]);
    }
}
