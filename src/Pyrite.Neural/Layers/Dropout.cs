namespace Pyrite;

/// <summary>In training sets each element to 0 with some probability and enlarges the others, so that the mean stays; else leaves all as it
/// is.</summary>
/// <remarks>Srivastava et al. (2014). Draws are keyed by the layer's path and a count of its calls: by the key of the open
/// <see cref="LayerRandomness"/> scope, outside of one by the module's seed, so that reruns of a program repeat.</remarks>
public sealed class Dropout : Layer
{
    private readonly double probability;
    private LayerRandomness.CallCounter calls;

    /// <summary>A layer with a probability.</summary>
    /// <param name="probability">Chance that an element is dropped, in [0, 1].</param>
    public Dropout(double probability = 0.5)
    {
        if (!(probability is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "Dropout needs a probability between 0 and 1.");
        }
        this.probability = probability;
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => IsTraining && probability > 0 ? Forward(x, calls.Next(this)) : x;

    /// <summary>Drops elements by a key of one's own, whether in training or not.</summary>
    public Tensor Forward(Tensor x, RandomKey key)
    {
        if (probability == 1)
        {
            return x * 0.0;
        }
        Tensor isKept = key.Uniform(x.Shape, x.DType) >= probability;
        return Tensor.Where(isKept, x * (1 / (1 - probability)), 0.0);
    }
}
