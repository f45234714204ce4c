namespace Pyrite.Inference.Guides.Flows;

/// <summary>Fully connected layers, masked so that the outputs for coordinate i see coordinates before i only.</summary>
/// <remarks>Germain, Gregor, Murray and Larochelle, "MADE: masked autoencoder for distribution estimation", 2015, equations 8 and 9.</remarks>
internal sealed class MaskedMlp : Module
{
    private const double LastLayerSpread = 0.01;

    private readonly Linear[] layers;
    private readonly Tensor[] masks;

    /// <summary>A network of given sizes.</summary>
    /// <param name="size">How many coordinates go in.</param>
    /// <param name="hidden">Sizes of the hidden layers.</param>
    /// <param name="outputs">How many numbers come out for each coordinate.</param>
    public MaskedMlp(int size, int[] hidden, int outputs)
    {
        layers = new Linear[hidden.Length + 1];
        masks = new Tensor[layers.Length];
        int[] before = [.. Enumerable.Range(1, size)];
        for (int i = 0; i < hidden.Length; i++)
        {
            // Degrees go round 1 … size - 1; a single coordinate is seen by nobody.
            int[] degrees = [.. Enumerable.Range(0, hidden[i]).Select(unit => 1 + (unit % Math.Max(1, size - 1)))];
            layers[i] = AddModule($"hidden{i}", new Linear(before.Length, hidden[i]));
            masks[i] = Mask(degrees, before, (degree, from) => degree >= from);
            before = degrees;
        }
        int[] last = [.. Enumerable.Range(0, outputs * size).Select(unit => 1 + (unit % size))];
        layers[^1] =
            AddModule("last",
                new Linear(before.Length, last.Length, weightStart: Initializer.Normal(0, LastLayerSpread), biasStart: Initializer.Zeros));
        masks[^1] = Mask(last, before, (degree, from) => degree > from);
        Size = size;
        Outputs = outputs;
    }

    private int Size { get; }

    private int Outputs { get; }

    /// <summary>One array [.., size] for each output of a coordinate.</summary>
    public Tensor[] Forward(Tensor x)
    {
        for (int i = 0; i < layers.Length; i++)
        {
            x = (i == 0 ? x : x.Tanh()).Linear(layers[i].Weight.Value * masks[i].To(layers[i].Weight.Value.DType), layers[i].Bias!.Value);
        }
        Tensor[] results = new Tensor[Outputs];
        for (int i = 0; i < Outputs; i++)
        {
            results[i] = x.Slice(-1, i * Size, Size);
        }
        return results;
    }

    private static Tensor Mask(int[] rows, int[] columns, Func<int, int, bool> sees)
    {
        float[,] mask = new float[rows.Length, columns.Length];
        for (int row = 0; row < rows.Length; row++)
        {
            for (int column = 0; column < columns.Length; column++)
            {
                mask[row, column] = sees(rows[row], columns[column]) ? 1 : 0;
            }
        }
        return Tensor.From(mask).Keep();
    }
}
