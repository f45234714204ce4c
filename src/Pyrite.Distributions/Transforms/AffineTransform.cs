namespace Pyrite;

/// <summary>y = loc + scale · x.</summary>
/// <param name="loc">The result for 0.</param>
/// <param name="scale">The slope; not zero, negative values reverse the order.</param>
public sealed class AffineTransform(Tensor loc, Tensor scale) : Transform
{
    /// <summary>The result for 0.</summary>
    public Tensor Loc { get; } = loc;

    /// <summary>The slope.</summary>
    public Tensor Scale { get; } = scale;

    internal override DType? GivenType => Distribution.Widest(Distribution.TypeOf(Loc), Distribution.TypeOf(Scale));

    /// <inheritdoc/>
    public override Constraint Domain => Constraints.Real;

    /// <inheritdoc/>
    public override Constraint Codomain => Constraints.Real;

    /// <summary>The sign of the slope where it is a single number; 0 where slopes differ in sign.</summary>
    public override int Sign
    {
        get
        {
            bool rising = (Scale > 0).All();
            return rising ? 1 : (Scale < 0).All() ? -1 : 0;
        }
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => Loc + (Scale * x);

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y) => (y - Loc) / Scale;

    /// <inheritdoc/>
    public override Tensor LogAbsDetJacobian(Tensor x, Tensor y) => Scale.Abs().Log().To(x.DType).BroadcastTo(Shape.Broadcast(x.Shape, Scale.Shape));

    /// <inheritdoc/>
    public override Shape ForwardShape(Shape shape) => Shape.Broadcast(shape, Loc.Shape, Scale.Shape);

    /// <inheritdoc/>
    public override Shape InverseShape(Shape shape) => ForwardShape(shape);
}
