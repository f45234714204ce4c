
namespace Pyrite;

/// <summary>y = loc + L x for vectors and a lower-triangular L.</summary>
public sealed class LowerCholeskyAffineTransform : Transform
{
    /// <summary>Makes the transform.</summary>
    /// <param name="loc">The result for 0, [.., n]; finite.</param>
    /// <param name="scaleTril">L, [.., n, n]; lower-triangular with a positive diagonal.</param>
    /// <param name="validate">Whether parameters are checked.</param>
    /// <exception cref="ArgumentException">The sizes disagree, or a parameter violates its constraint.</exception>
    public LowerCholeskyAffineTransform(Tensor loc, Tensor scaleTril, bool validate = true)
    {
        if (loc.Rank < 1 || scaleTril.Rank < 2 || scaleTril.Shape[^1] != scaleTril.Shape[^2] || scaleTril.Shape[^1] != loc.Shape[^1])
        {
            throw new ArgumentException(
                $"LowerCholeskyAffineTransform: vectors [.., n] and matrices [.., n, n] are needed; found loc of shape {loc.Shape} and scaleTril "
                    + $"of shape {scaleTril.Shape}.");
        }
        Loc = Declare("loc", loc, TransformParameterSets.FiniteVector, validate);
        ScaleTril = Declare("scaleTril", scaleTril, Constraints.LowerCholesky, validate);
    }

    /// <summary>The result for 0, [.., n].</summary>
    public Tensor Loc { get; }

    /// <summary>L, [.., n, n]; lower-triangular with a positive diagonal.</summary>
    public Tensor ScaleTril { get; }

    internal override DType? GivenType => Distribution.Widest(Distribution.TypeOf(Loc), Distribution.TypeOf(ScaleTril));

    /// <inheritdoc/>
    public override Constraint Domain => Constraints.RealVector;

    /// <inheritdoc/>
    public override Constraint Codomain => Constraints.RealVector;

    /// <inheritdoc/>
    public override Shape ForwardShape(Shape shape) => Shape.Broadcast(shape[..^1], Loc.Shape[..^1], ScaleTril.Shape[..^2]) + shape[^1..];

    /// <inheritdoc/>
    public override Shape InverseShape(Shape shape) => ForwardShape(shape);

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => Loc + ScaleTril.MatMul(x.Unsqueeze(-1)).Squeeze(-1);

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y) => ScaleTril.SolveLower(y - Loc);

    /// <inheritdoc/>
    public override Tensor LogAbsDetJacobian(Tensor x, Tensor y) =>
        ScaleTril.Diagonal().Abs().Log().Sum(-1).BroadcastTo(Shape.Broadcast(x.Shape[..^1], ScaleTril.Shape[..^2]));
}
