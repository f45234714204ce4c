using System.Globalization;

namespace Pyrite;

/// <summary>Fully connected layers with an activation between them.</summary>
/// <remarks>[.., first size] to [.., last size]. Parameters are numbered as in a sequence with the activations counted: <c>0.weight</c>,
/// <c>2.weight</c>, …</remarks>
public sealed class Mlp : Layer
{
    private readonly Linear[] layers;
    private readonly Func<Tensor, Tensor> activation;

    /// <summary>A network of given sizes.</summary>
    /// <param name="sizes">Features of the input, of each hidden layer and of the output.</param>
    /// <param name="activation">Applied after every layer but the last; ReLU if not given.</param>
    /// <exception cref="ArgumentException">There are fewer than two sizes.</exception>
    public Mlp(ReadOnlySpan<int> sizes, Func<Tensor, Tensor>? activation = null)
    {
        if (sizes.Length < 2)
        {
            throw new ArgumentException($"A network needs the sizes of its input and its output; found {sizes.Length} sizes.", nameof(sizes));
        }
        this.activation = activation ?? (static x => x.Relu());
        layers = new Linear[sizes.Length - 1];
        for (int i = 0; i < layers.Length; i++)
        {
            layers[i] = AddModule((2 * i).ToString(CultureInfo.InvariantCulture), new Linear(sizes[i], sizes[i + 1]));
        }
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        for (int i = 0; i < layers.Length; i++)
        {
            x = layers[i].Forward(i == 0 ? x : activation(x));
        }
        return x;
    }
}
