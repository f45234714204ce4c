using Pyrite.Functions.Preimages;

namespace Pyrite;

/// <summary>y = loc + scale · x.</summary>
public sealed class AffineTransform : Transform
{
    /// <summary>Makes the transform.</summary>
    /// <param name="loc">The result for 0; finite.</param>
    /// <param name="scale">The slope; finite and not zero, negative values reverse the order.</param>
    /// <param name="validate">Whether parameters are checked.</param>
    /// <exception cref="ArgumentException">A parameter violates its constraint.</exception>
    public AffineTransform(Tensor loc, Tensor scale, bool validate = true)
    {
        Loc = Declare("loc", loc, TransformParameterSets.Finite, validate);
        Scale = Declare("scale", scale, TransformParameterSets.NonZero, validate);
    }

    /// <summary>The result for 0.</summary>
    public Tensor Loc { get; }

    /// <summary>The slope.</summary>
    public Tensor Scale { get; }

    /// <summary>The image of 1, where it is the upper end of an interval that begins at <see cref="Loc"/>; null elsewhere.</summary>
    internal Tensor? HighEnd { get; init; }

    internal override Tensor? ArgumentOf(Tensor image) =>
        image.Preimage is { Map: AffineTransform known } origin && known.IsSameAs(this) ? origin.X : null;

    /// <summary>Whether another map is the same by construction.</summary>
    private bool IsSameAs(AffineTransform other) => Images.AreSame(Loc, other.Loc)
        && (HighEnd is null || other.HighEnd is null ? Images.AreSame(Scale, other.Scale) : Images.AreSame(HighEnd, other.HighEnd));

    internal override bool IsTracked => Loc.RequiresGradient || Scale.RequiresGradient;

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

    internal override Tensor? LogDistance(Tensor x, Tensor end, bool isLow)
    {
        // Of other slopes the sign would have to be read.
        bool isKnown = HighEnd is not null || (Scale.IsWeak && Scale.Item() != 0);
        bool rises = HighEnd is not null || (isKnown && Scale.Item() > 0);
        if (!isKnown)
        {
            return null;
        }
        Tensor? log = rises == isLow && Images.AreSame(end, Loc) ? x.KnownLogAbove(0)
            : rises != isLow && HighEnd is not null && Images.AreSame(end, HighEnd) ? x.KnownLogBelow(1)
            : null;
        return log is null ? null : Scale.IsWeak ? log + Math.Log(Math.Abs(Scale.Item())) : log + Scale.Log();
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => (Loc + (Scale * x)).ImageOf(this, x);

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y) => (y - Loc) / Scale;

    /// <inheritdoc/>
    public override Tensor LogAbsDetJacobian(Tensor x, Tensor y) => Scale.Abs().Log().To(x.DType).BroadcastTo(Shape.Broadcast(x.Shape, Scale.Shape));

    /// <inheritdoc/>
    public override Shape ForwardShape(Shape shape) => Shape.Broadcast(shape, Loc.Shape, Scale.Shape);

    /// <inheritdoc/>
    public override Shape InverseShape(Shape shape) => ForwardShape(shape);
}
