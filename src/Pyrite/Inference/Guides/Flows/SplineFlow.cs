using Pyrite.Inference.Guides.Flows;

namespace Pyrite;

/// <summary>Bends each coordinate by a monotone curve of its own: rational-quadratic pieces on [-bound, bound], the identity outside.</summary>
/// <remarks>Starts as the identity. Durkan, Bekasov, Murray and Papamakarios, "Neural spline flows", 2019.</remarks>
public sealed class SplineFlow : Flow
{
    private readonly Parameter numbers;
    private readonly int pieces;
    private readonly double bound;

    /// <summary>Makes the flow.</summary>
    /// <param name="size">How many numbers a vector has.</param>
    /// <param name="pieces">How many pieces each curve has, at least 2.</param>
    /// <param name="bound">Half the width of the curves.</param>
    public SplineFlow(int size, int pieces = 8, double bound = 3)
        : base(size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pieces, 2);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        this.pieces = pieces;
        this.bound = bound;
        numbers = AddParameter("numbers", [size, SplineShape.Numbers(pieces)], Initializer.Zeros);
    }

    /// <inheritdoc/>
    public override (Tensor Y, Tensor LogChange) Forward(Tensor x)
    {
        SplineTransform spline = SplineShape.From(numbers, pieces, bound);
        Tensor y = spline.Forward(x);
        return (y, spline.LogAbsDetJacobian(x, y).Sum(-1));
    }

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y) => SplineShape.From(numbers, pieces, bound).Inverse(y);
}
