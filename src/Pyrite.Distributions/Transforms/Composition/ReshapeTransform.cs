namespace Pyrite;

/// <summary>The same entries in row-major order under another shape.</summary>
public sealed class ReshapeTransform : Transform
{
    /// <summary>Makes the transform.</summary>
    /// <param name="from">The shape of an argument.</param>
    /// <param name="to">The shape of its result; as many elements.</param>
    /// <exception cref="ArgumentException">The shapes have different numbers of elements.</exception>
    public ReshapeTransform(Shape from, Shape to)
    {
        if (from.Count != to.Count)
        {
            throw new ArgumentException(
                $"ReshapeTransform: shapes {from} and {to} have {from.Count} and {to.Count} elements; the numbers must agree.", nameof(to));
        }
        From = from;
        To = to;
    }

    /// <summary>The shape of an argument.</summary>
    public Shape From { get; }

    /// <summary>The shape of a result.</summary>
    public Shape To { get; }

    /// <inheritdoc/>
    public override Constraint Domain => Constraints.Independent(Constraints.Real, From.Rank);

    /// <inheritdoc/>
    public override Constraint Codomain => Constraints.Independent(Constraints.Real, To.Rank);

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.Reshape(ForwardShape(x.Shape));

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y) => y.Reshape(InverseShape(y.Shape));

    /// <inheritdoc/>
    public override Tensor LogAbsDetJacobian(Tensor x, Tensor y) => Tensor.Zeros(Before(x.Shape, From), x.DType);

    /// <inheritdoc/>
    public override Shape ForwardShape(Shape shape) => Before(shape, From) + To;

    /// <inheritdoc/>
    public override Shape InverseShape(Shape shape) => Before(shape, To) + From;

    private static Shape Before(Shape shape, Shape last) => shape.Rank >= last.Rank && shape[^last.Rank..] == last
        ? shape[..^last.Rank]
        : throw new ArgumentException($"ReshapeTransform: a value of shape {shape} was given; its last axes must be {last}.");
}
