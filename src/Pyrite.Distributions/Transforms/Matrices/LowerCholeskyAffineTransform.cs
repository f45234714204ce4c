using Pyrite.Functions.Matrices;

namespace Pyrite;

/// <summary>y = loc + L x for vectors and a lower-triangular L.</summary>
public sealed class LowerCholeskyAffineTransform : Transform
{
    /// <summary>Makes the transform.</summary>
    /// <param name="loc">The result for 0, [.., n].</param>
    /// <param name="scaleTril">L, [.., n, n]; lower-triangular, no zeros on the diagonal.</param>
    public LowerCholeskyAffineTransform(Tensor loc, Tensor scaleTril)
    {
        Loc = loc;
        ScaleTril = scaleTril;
    }

    /// <summary>The result for 0, [.., n].</summary>
    public Tensor Loc { get; }

    /// <summary>L, [.., n, n]; lower-triangular, no zeros on the diagonal.</summary>
    public Tensor ScaleTril { get; }

    internal override DType? GivenType => Distribution.Widest(Distribution.TypeOf(Loc), Distribution.TypeOf(ScaleTril));

    /// <inheritdoc/>
    public override Constraint Domain => Constraints.RealVector;

    /// <inheritdoc/>
    public override Constraint Codomain => Constraints.RealVector;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => Loc + ScaleTril.MatMul(x.Unsqueeze(-1)).Squeeze(-1);

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y) => ScaleTril.SolveLower(y - Loc);

    /// <inheritdoc/>
    public override Tensor LogAbsDetJacobian(Tensor x, Tensor y) =>
        ScaleTril.MatrixDiagonal().Abs().Log().Sum(-1).BroadcastTo(Shape.Broadcast(x.Shape[..^1], ScaleTril.Shape[..^2]));
}
