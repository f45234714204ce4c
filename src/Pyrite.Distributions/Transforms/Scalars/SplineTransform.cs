
namespace Pyrite;

/// <summary>A monotone curve of rational-quadratic pieces on [-bound, bound], the identity outside.</summary>
/// <remarks>Parameters end in an axis of K pieces; the axes before broadcast against x. Durkan et al., "Neural spline flows", 2019, equations 4 to
/// 8.</remarks>
public sealed class SplineTransform : Transform
{
    private readonly Tensor knotsX;
    private readonly Tensor knotsY;
    private readonly Tensor slopes;

    /// <summary>Makes the transform.</summary>
    /// <param name="widths">Shares of the pieces in [-bound, bound], [.., K]; positive, sum 1.</param>
    /// <param name="heights">Shares of their images, [.., K]; positive, sum 1.</param>
    /// <param name="derivatives">Slopes at the inner knots, [.., K - 1]; positive. At both ends the slope is 1.</param>
    /// <param name="bound">Half the width of the curve; positive.</param>
    /// <param name="validate">Whether parameters are checked.</param>
    /// <exception cref="ArgumentException">The numbers of pieces and slopes disagree, or a parameter violates its constraint.</exception>
    public SplineTransform(Tensor widths, Tensor heights, Tensor derivatives, double bound = 3, bool validate = true)
    {
        if (widths.Rank == 0 || heights.Rank == 0 || derivatives.Rank == 0 || widths.Shape[^1] != heights.Shape[^1]
            || widths.Shape[^1] != derivatives.Shape[^1] + 1)
        {
            throw new ArgumentException(
                $"SplineTransform: K widths, K heights and K - 1 derivatives along the last axis are needed; found shapes {widths.Shape}, "
                    + $"{heights.Shape} and {derivatives.Shape}.");
        }
        Bound = Declare("bound", bound, TransformParameterSets.Positive, validate).WeakValue;
        Declare("widths", widths, TransformParameterSets.Shares, validate);
        Declare("heights", heights, TransformParameterSets.Shares, validate);
        Declare("derivatives", derivatives, TransformParameterSets.PositiveVector, validate);
        knotsX = Knots(widths, bound);
        knotsY = Knots(heights, bound);
        Tensor end = Tensor.Ones(derivatives.Shape[..^1] + [1], derivatives.DType);
        slopes = Tensor.Concat([end, derivatives, end], -1);
    }

    /// <summary>Half the width of the curve.</summary>
    public double Bound { get; }

    internal override DType? GivenType => Distribution.TypeOf(knotsX);

    /// <inheritdoc/>
    public override Constraint Domain => Constraints.Real;

    /// <inheritdoc/>
    public override Constraint Codomain => Constraints.Real;

    /// <inheritdoc/>
    public override int Sign => 1;

    /// <inheritdoc/>
    public override Shape ForwardShape(Shape shape) =>
        Shape.Broadcast(shape, Shape.Broadcast(knotsX.Shape[..^1], knotsY.Shape[..^1], slopes.Shape[..^1]));

    /// <inheritdoc/>
    public override Shape InverseShape(Shape shape) => ForwardShape(shape);

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        Tensor inside = x.Abs() < Bound;
        Piece piece = Find(Tensor.Where(inside, x, 0), knotsX);
        Tensor t = (Tensor.Where(inside, x, 0) - piece.X) / piece.Width;
        Tensor mixed = t * (1 - t);
        Tensor y = piece.Y + (piece.Height * ((piece.Mean * t.Square()) + (piece.Left * mixed)) / (piece.Mean + (piece.Bend * mixed)));
        return Tensor.Where(inside, y, x);
    }

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y)
    {
        Tensor inside = y.Abs() < Bound;
        Tensor safe = Tensor.Where(inside, y, 0);
        Piece piece = Find(safe, knotsY);
        Tensor rise = safe - piece.Y;
        Tensor a = (piece.Height * (piece.Mean - piece.Left)) + (rise * piece.Bend);
        Tensor b = (piece.Height * piece.Left) - (rise * piece.Bend);
        Tensor c = -piece.Mean * rise;
        Tensor t = -2 * c / (b + (b.Square() - (4 * a * c)).Sqrt());
        return Tensor.Where(inside, piece.X + (t * piece.Width), y);
    }

    /// <inheritdoc/>
    public override Tensor LogAbsDetJacobian(Tensor x, Tensor y)
    {
        Tensor inside = x.Abs() < Bound;
        Tensor safe = Tensor.Where(inside, x, 0);
        Piece piece = Find(safe, knotsX);
        Tensor t = (safe - piece.X) / piece.Width;
        Tensor mixed = t * (1 - t);
        Tensor slope = (piece.Right * t.Square()) + (2 * piece.Mean * mixed) + (piece.Left * (1 - t).Square());
        Tensor log = (2 * piece.Mean.Log()) + slope.Log() - (2 * (piece.Mean + (piece.Bend * mixed)).Log());
        return Tensor.Where(inside, log, 0);
    }

    private static Tensor Knots(Tensor shares, double bound)
    {
        Tensor start = Tensor.Zeros(shares.Shape[..^1] + [1], shares.DType);
        return (2 * bound * Functions.RunningSums.RunningSum(Tensor.Concat([start, shares], -1))) - bound;
    }

    /// <summary>What the piece that contains each position looks like.</summary>
    private Piece Find(Tensor position, Tensor knots)
    {
        int pieces = knots.Shape[^1] - 1;
        Tensor reached = (position.Unsqueeze(-1) >= knots.Slice(-1, 1, pieces - 1)).To(DType.Int64).Sum(-1);
        Tensor chosen = reached.Unsqueeze(-1).EqualTo(Tensor.Range(pieces));
        Tensor Start(Tensor values) => Tensor.Where(chosen, values.Slice(-1, 0, pieces), 0).Sum(-1);
        Tensor End(Tensor values) => Tensor.Where(chosen, values.Slice(-1, 1, pieces), 0).Sum(-1);
        return new Piece(Start(knotsX), End(knotsX) - Start(knotsX), Start(knotsY), End(knotsY) - Start(knotsY), Start(slopes), End(slopes));
    }

    private readonly record struct Piece(Tensor X, Tensor Width, Tensor Y, Tensor Height, Tensor Left, Tensor Right)
    {
        public Tensor Mean => Height / Width;

        public Tensor Bend => Left + Right - (2 * Mean);
    }
}
