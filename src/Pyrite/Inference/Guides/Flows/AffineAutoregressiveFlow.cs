using Pyrite.Inference.Guides.Flows;

namespace Pyrite;

/// <summary>Shifts and stretches each coordinate by functions of the coordinates before it: y_i = m_i(x_&lt;i) + e^(s_i(x_&lt;i)) x_i.</summary>
/// <remarks>One pass forth, as many passes as coordinates back. Stretches stay within e^±3. Starts near the identity. Kingma et al., "Improved
/// variational inference with inverse autoregressive flow", 2016.</remarks>
public sealed class AffineAutoregressiveFlow : Flow
{
    private const double LargestLogScale = 3;

    private readonly MaskedMlp network;

    /// <summary>Makes the flow.</summary>
    /// <param name="size">How many numbers a vector has.</param>
    /// <param name="hidden">Sizes of the network's hidden layers; one of twice the size, but at least 10, if not given.</param>
    public AffineAutoregressiveFlow(int size, int[]? hidden = null)
        : base(size) => network = new MaskedMlp(size, hidden ?? [Math.Max(10, 2 * size)], 2);

    /// <inheritdoc/>
    public override (Tensor Y, Tensor LogChange) Forward(Tensor x)
    {
        (Tensor shift, Tensor logScale) = Coefficients(x);
        return (shift + (logScale.Exp() * x), logScale.Sum(-1));
    }

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y)
    {
        Tensor x = Tensor.Zeros(y.Shape, y.DType);
        for (int known = 0; known < Size; known++)
        {
            // After this pass one more coordinate is right, because it depends on earlier ones only.
            (Tensor shift, Tensor logScale) = Coefficients(x);
            x = (y - shift) * (-logScale).Exp();
        }
        return x;
    }

    private (Tensor Shift, Tensor LogScale) Coefficients(Tensor x)
    {
        Tensor[] outputs = network.Forward(x);
        return (outputs[0], LargestLogScale * (outputs[1] / LargestLogScale).Tanh());
    }
}
