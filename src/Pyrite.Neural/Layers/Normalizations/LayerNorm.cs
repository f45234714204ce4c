using Pyrite.Layers.Normalizations;

namespace Pyrite;

/// <summary>Gives the last axes of each example mean 0 and variance 1, then a learnt scale and shift of each element.</summary>
/// <remarks>Ba, Kiros and Hinton (2016). Same shape as the input; the variance is the biased one.</remarks>
public sealed class LayerNorm : Layer
{
    private readonly Shape shape;
    private readonly double epsilon;

    /// <summary>A layer for given last axes.</summary>
    /// <param name="shape">Sizes of the axes that are normalized together.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="affine">Whether scale and shift are learnt.</param>
    /// <param name="bias">Whether the shift is, too.</param>
    public LayerNorm(Shape shape, double epsilon = 1e-5, bool affine = true, bool bias = true)
    {
        LastAxes.CheckNotEmpty(shape);
        this.shape = shape;
        this.epsilon = epsilon;
        Weight = affine ? AddParameter("weight", shape, Initializer.Ones) : null;
        Bias = affine && bias ? AddParameter("bias", shape, Initializer.Zeros) : null;
    }

    /// <summary>The scale, or null.</summary>
    public Parameter? Weight { get; }

    /// <summary>The shift, or null.</summary>
    public Parameter? Bias { get; }

    /// <summary>The normalized input.</summary>
    /// <exception cref="ArgumentException">The last axes have other sizes.</exception>
    public override Tensor Forward(Tensor x)
    {
        int[] axes = LastAxes.Of(this, shape, x);
        Tensor result = Standardization.Apply(x, axes, epsilon);
        result = Weight is null ? result : result * Weight;
        return Bias is null ? result : result + Bias;
    }
}
