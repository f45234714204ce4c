using System.Globalization;

namespace Pyrite;

/// <summary>Layers one after the other; their names are their positions, from 0.</summary>
public sealed class Sequential : Layer
{
    private readonly Layer[] layers;

    /// <summary>Layers in the order in which they are applied.</summary>
    /// <param name="layers">At least one; each at most once.</param>
    public Sequential(params ReadOnlySpan<Layer> layers)
    {
        if (layers.Length == 0)
        {
            throw new ArgumentException("A sequence needs at least one layer; none was given.", nameof(layers));
        }
        this.layers = layers.ToArray();
        for (int i = 0; i < layers.Length; i++)
        {
            AddModule(i.ToString(CultureInfo.InvariantCulture), layers[i]);
        }
    }

    /// <summary>The number of layers.</summary>
    public int Count => layers.Length;

    /// <summary>The layer at a position.</summary>
    public Layer this[Index position] => layers[position];

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        foreach (Layer layer in layers)
        {
            x = layer.Forward(x);
        }
        return x;
    }
}
