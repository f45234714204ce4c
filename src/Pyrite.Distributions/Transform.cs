using Pyrite.Functions.Preimages;

namespace Pyrite;

/// <summary>A differentiable map with an inverse and the logarithm of its volume change.</summary>
/// <remarks>A value has <see cref="Constraint.EventRank"/> last axes of <see cref="Domain"/>; the axes before are independent.</remarks>
public abstract partial class Transform
{
    /// <summary>What can be mapped.</summary>
    public abstract Constraint Domain { get; }

    /// <summary>What it is mapped to.</summary>
    public abstract Constraint Codomain { get; }

    /// <summary>Whether different inputs have different results.</summary>
    public virtual bool IsBijective => true;

    /// <summary>+1 or -1 where a map of single numbers increases or decreases; 0 where the question makes no sense.</summary>
    public virtual int Sign => 0;

    /// <summary>Whether a value is an angle, or the image of one: samplers and guides then move points around the origin of a plane.</summary>
    public virtual bool MakesAngles => false;

    /// <summary>The map with its direction reversed.</summary>
    public virtual Transform Inverted => new InverseTransform(this);

    /// <summary>The same map, remembering its last argument and result: going forth and back gives the very tensor one came from.</summary>
    public virtual Transform Cached => new CachedTransform(this);

    /// <summary>The widest floating-point type among the tensors that the map was made from; null where there are none.</summary>
    internal virtual DType? GivenType => null;

    /// <summary>Whether gradients flow to tensors that the map was made from.</summary>
    internal virtual bool IsTracked => false;

    /// <summary>Whether all maps of this class are the same.</summary>
    internal virtual bool HasNoParameters => false;

    /// <summary>The logarithm of the distance of the image from an end of what the map reaches, exact far out; null where the map does not know the
    /// end.</summary>
    /// <param name="x">The argument.</param>
    /// <param name="end">The end.</param>
    /// <param name="isLow">Whether it is the lower end.</param>
    internal virtual Tensor? LogDistance(Tensor x, Tensor end, bool isLow) => null;

    /// <summary>The map of <see cref="Tensor.SigmoidArgument"/>.</summary>
    internal static Transform Sigmoid { get; } = new SigmoidTransform();

    /// <summary>The argument of an image that remembers it, of this map or of one like it; null where it does not.</summary>
    internal virtual Tensor? ArgumentOf(Tensor image) =>
        HasNoParameters && image.Preimage is { } origin && origin.Map.GetType() == GetType() ? origin.X : null;

    /// <summary>The logarithms of the diagonal of a triangular image, exact far out; null where the map does not know them.</summary>
    /// <param name="x">The argument.</param>
    internal virtual Tensor? LogDiagonal(Tensor x) => null;

    /// <summary>The widest type among several maps; null where none has one.</summary>
    internal static DType? WidestOf(ReadOnlySpan<Transform> parts)
    {
        DType? type = null;
        foreach (Transform part in parts)
        {
            type = Distribution.Widest(type, part.GivenType);
        }
        return type;
    }

    /// <summary>The result for x.</summary>
    public abstract Tensor Forward(Tensor x);

    /// <summary>The x whose result is y.</summary>
    public abstract Tensor Inverse(Tensor y);

    /// <summary>log |dy/dx|, one number a value.</summary>
    /// <param name="x">The argument.</param>
    /// <param name="y">Its result, given so that it need not be computed again.</param>
    /// <returns>The shape of x without the axes of a value.</returns>
    public abstract Tensor LogAbsDetJacobian(Tensor x, Tensor y);

    /// <summary>The shape of the result for an argument of a shape.</summary>
    public virtual Shape ForwardShape(Shape shape) => shape;

    /// <summary>The shape of the argument for a result of a shape.</summary>
    public virtual Shape InverseShape(Shape shape) => shape;

    /// <summary>This map followed by another.</summary>
    public Transform Then(Transform next) => new ComposedTransform(this, next);
}
