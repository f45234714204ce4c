using Pyrite.Inference.Guides.Flows;

namespace Pyrite;

/// <summary>Leaves the first half of a vector, and bends each coordinate of the second half by a monotone curve that depends on the first.</summary>
/// <remarks>Starts near the identity; put a <see cref="ReverseFlow"/> between two of them. Durkan, Bekasov, Murray and Papamakarios, "Neural spline
/// flows", 2019.</remarks>
public sealed class SplineCouplingFlow : Flow
{
    private readonly CouplingNetwork network;
    private readonly int pieces;
    private readonly double bound;

    /// <summary>Makes the flow.</summary>
    /// <param name="size">How many numbers a vector has, at least 2.</param>
    /// <param name="hidden">Sizes of the network's hidden layers; one of twice the size, but at least 10, if not given.</param>
    /// <param name="pieces">How many pieces each curve has, at least 2.</param>
    /// <param name="bound">Half the width of the curves.</param>
    public SplineCouplingFlow(int size, int[]? hidden = null, int pieces = 8, double bound = 3)
        : base(size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pieces, 2);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        this.pieces = pieces;
        this.bound = bound;
        network = new CouplingNetwork(size, hidden, SplineShape.Numbers(pieces));
    }

    /// <inheritdoc/>
    public override (Tensor Y, Tensor LogChange) Forward(Tensor x)
    {
        (Tensor first, Tensor second) = network.Split(x);
        SplineTransform spline = SplineShape.From(network.Forward(first), pieces, bound);
        Tensor image = spline.Forward(second);
        return (Tensor.Concat([first, image], -1), spline.LogAbsDetJacobian(second, image).Sum(-1));
    }

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y)
    {
        (Tensor first, Tensor second) = network.Split(y);
        return Tensor.Concat([first, SplineShape.From(network.Forward(first), pieces, bound).Inverse(second)], -1);
    }
}
