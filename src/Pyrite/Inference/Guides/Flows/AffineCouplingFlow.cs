using Pyrite.Inference.Guides.Flows;

namespace Pyrite;

/// <summary>Leaves the first half of a vector, and shifts and stretches the second half by functions of the first.</summary>
/// <remarks>One pass forth and one back. Stretches stay within e^±3. Starts near the identity; put a <see cref="ReverseFlow"/> between two of them.
/// Dinh, Sohl-Dickstein and Bengio, "Density estimation using real NVP", 2017, equations 7 and 8.</remarks>
public sealed class AffineCouplingFlow : Flow
{
    private const double LargestLogScale = 3;

    private readonly CouplingNetwork network;

    /// <summary>Makes the flow.</summary>
    /// <param name="size">How many numbers a vector has, at least 2.</param>
    /// <param name="hidden">Sizes of the network's hidden layers; one of twice the size, but at least 10, if not given.</param>
    public AffineCouplingFlow(int size, int[]? hidden = null)
        : base(size) => network = new CouplingNetwork(size, hidden, 2);

    /// <inheritdoc/>
    public override (Tensor Y, Tensor LogChange) Forward(Tensor x)
    {
        (Tensor first, Tensor second) = network.Split(x);
        (Tensor shift, Tensor logScale) = Coefficients(first);
        return (Tensor.Concat([first, shift + (logScale.Exp() * second)], -1), logScale.Sum(-1));
    }

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y)
    {
        (Tensor first, Tensor second) = network.Split(y);
        (Tensor shift, Tensor logScale) = Coefficients(first);
        return Tensor.Concat([first, (second - shift) * (-logScale).Exp()], -1);
    }

    private (Tensor Shift, Tensor LogScale) Coefficients(Tensor first)
    {
        Tensor numbers = network.Forward(first);
        return (numbers.Select(-1, 0), LargestLogScale * (numbers.Select(-1, 1) / LargestLogScale).Tanh());
    }
}
