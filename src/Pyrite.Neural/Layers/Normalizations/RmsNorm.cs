using Pyrite.Layers.Normalizations;

namespace Pyrite;

/// <summary>Divides the last axes of each example by the root of their mean square, then applies a learnt scale of each element.</summary>
/// <remarks>Zhang and Sennrich, "Root mean square layer normalization" (2019). Same shape as the input.</remarks>
public sealed class RmsNorm : Layer
{
    private readonly Shape shape;
    private readonly double? epsilon;

    /// <summary>A layer for given last axes.</summary>
    /// <param name="shape">Sizes of the axes that are normalized together.</param>
    /// <param name="epsilon">Added to the mean square; the spacing of the type's numbers at 1 if not given, as in PyTorch.</param>
    /// <param name="affine">Whether a scale is learnt.</param>
    public RmsNorm(Shape shape, double? epsilon = null, bool affine = true)
    {
        LastAxes.CheckNotEmpty(shape);
        this.shape = shape;
        this.epsilon = epsilon;
        Weight = affine ? AddParameter("weight", shape, Initializer.Ones) : null;
    }

    /// <summary>The scale, or null.</summary>
    public Parameter? Weight { get; }

    /// <summary>The normalized input.</summary>
    /// <exception cref="ArgumentException">The last axes have other sizes.</exception>
    public override Tensor Forward(Tensor x)
    {
        const double SpacingOfFloat = 1.1920928955078125e-07;
        const double SpacingOfDouble = 2.220446049250313e-16;
        int[] axes = LastAxes.Of(this, shape, x);
        double added = epsilon ?? (x.DType == DType.Float32 ? SpacingOfFloat : SpacingOfDouble);
        Tensor result = x / (x.Square().Mean(axes, keepDimensions: true) + added).Sqrt();
        return Weight is null ? result : result * Weight;
    }
}
