using Pyrite.Supports;

namespace Pyrite;

/// <summary>The constraints that parameters and supports need.</summary>
public static class Constraints
{
    private const double Infinity = double.PositiveInfinity;

    /// <summary>Any number but NaN.</summary>
    public static Constraint Real { get; } = new RangeConstraint("real", "a number", new(-Infinity, Infinity), 0, () => new IdentityTransform());

    /// <summary>Angles in radians: any number but NaN, where numbers 2π apart are the same direction.</summary>
    /// <remarks>The support of circular families. MCMC draws such values as directions, in [-π, π); elsewhere they are plain numbers.</remarks>
    public static Constraint Angle { get; } = new AngleConstraint();

    /// <summary>Vectors of numbers.</summary>
    public static Constraint RealVector { get; } = Independent(Real, 1);

    /// <summary>x &gt; 0.</summary>
    public static Constraint Positive { get; } =
        new RangeConstraint("positive", "positive", new(0, Infinity, LowOpen: true), 1, () => new ExpTransform());

    /// <summary>x ≥ 0.</summary>
    public static Constraint NonNegative { get; } =
        new RangeConstraint("nonnegative", "zero or positive", new(0, Infinity), 1, () => new ExpTransform());

    /// <summary>0 ≤ x ≤ 1.</summary>
    public static Constraint UnitInterval { get; } =
        new RangeConstraint("unit interval", "between 0 and 1", new(0, 1), 0.5, () => new SigmoidTransform());

    /// <summary>0 &lt; x &lt; 1.</summary>
    public static Constraint OpenUnitInterval { get; } =
        new RangeConstraint("open unit interval", "strictly between 0 and 1", new(0, 1, true, true), 0.5, () => new SigmoidTransform());

    /// <summary>0 or 1.</summary>
    public static Constraint Boolean { get; } = new RangeConstraint("boolean", "0 or 1", new(0, 1, Whole: true), 0);

    /// <summary>…, -1, 0, 1, …</summary>
    public static Constraint Integer { get; } =
        new RangeConstraint("integer", "a whole number", new(-Infinity, Infinity, true, true, Whole: true), 0);

    /// <summary>0, 1, 2, …</summary>
    public static Constraint NonNegativeInteger { get; } =
        new RangeConstraint("nonnegative integer", "a whole number of 0 or more", new(0, Infinity, HighOpen: true, Whole: true), 0);

    /// <summary>1, 2, 3, …</summary>
    public static Constraint PositiveInteger { get; } =
        new RangeConstraint("positive integer", "a whole number of 1 or more", new(1, Infinity, HighOpen: true, Whole: true), 1);

    /// <summary>Vectors of non-negative numbers that sum to 1 (within 1e-6).</summary>
    public static Constraint Simplex { get; } = new SimplexConstraint();

    /// <summary>Lower-triangular matrices with a positive diagonal.</summary>
    public static Constraint LowerCholesky { get; } = new LowerCholeskyConstraint("lower Cholesky", () => new LowerCholeskyTransform());

    /// <summary>Vectors whose entries increase strictly.</summary>
    public static Constraint OrderedVector { get; } = new OrderedVectorConstraint();

    /// <summary>Symmetric positive-definite matrices (symmetric within 1e-6 of their size).</summary>
    public static Constraint PositiveDefinite { get; } = new PositiveDefiniteConstraint();

    /// <summary>Cholesky factors of correlation matrices: lower-triangular, positive diagonal, rows of length 1 (within 1e-6).</summary>
    public static Constraint CorrelationCholesky { get; } = new CorrelationCholeskyConstraint();

    /// <summary>Positive-definite matrices with ones on the diagonal (within 1e-6).</summary>
    public static Constraint CorrelationMatrix { get; } = new CorrelationMatrixConstraint();

    /// <summary>Vectors of positive numbers that increase strictly.</summary>
    public static Constraint PositiveOrderedVector { get; } = new PositiveOrderedVectorConstraint();

    /// <summary>Vectors of length 1 (within 1e-6).</summary>
    public static Constraint Sphere { get; } = new SphereConstraint();

    /// <summary>Vectors whose entries sum to 0 (within 1e-6 of their size).</summary>
    public static Constraint ZeroSum { get; } = new ZeroSumConstraint();

    /// <summary>Lower-triangular matrices.</summary>
    public static Constraint LowerTriangular { get; } = new LowerTriangularConstraint();

    /// <summary>Symmetric matrices (within 1e-6 of their size).</summary>
    public static Constraint Symmetric { get; } = new SymmetricConstraint();

    /// <summary>Symmetric matrices without negative eigenvalues (within 1e-6).</summary>
    public static Constraint PositiveSemidefinite { get; } = new PositiveSemidefiniteConstraint();

    /// <summary>x &gt; 0, reached from the reals by log(1 + eˣ) instead of eˣ.</summary>
    public static Constraint SoftplusPositive { get; } =
        new RangeConstraint("softplus positive", "positive", new(0, Infinity, LowOpen: true), 1, () => new SoftplusTransform());

    /// <summary>Lower-triangular matrices with a positive diagonal, which is reached from the reals by log(1 + eˣ) instead of eˣ.</summary>
    public static Constraint SoftplusLowerCholesky { get; } =
        new LowerCholeskyConstraint("softplus lower Cholesky", () => new SoftplusLowerCholeskyTransform());

    /// <summary>Vectors with a single 1 and zeros elsewhere.</summary>
    public static Constraint OneHot { get; } = new OneHotConstraint();

    /// <summary>x &gt; low.</summary>
    public static Constraint GreaterThan(Tensor low) => new BoundsConstraint("greater than", "greater than {0}", low, null, true, false, false);

    /// <summary>x ≥ low.</summary>
    public static Constraint GreaterThanOrEqual(Tensor low) =>
        new BoundsConstraint("greater than or equal", "at least {0}", low, null, false, false, false);

    /// <summary>x &lt; high.</summary>
    public static Constraint LessThan(Tensor high) => new BoundsConstraint("less than", "less than {1}", null, high, false, true, false);

    /// <summary>low ≤ x ≤ high.</summary>
    public static Constraint Interval(Tensor low, Tensor high) =>
        new BoundsConstraint("interval", "between {0} and {1}", low, high, false, false, false);

    /// <summary>low ≤ x &lt; high.</summary>
    public static Constraint HalfOpenInterval(Tensor low, Tensor high) =>
        new BoundsConstraint("half-open interval", "at least {0} and less than {1}", low, high, false, true, false);

    /// <summary>Vectors of counts of 0 or more with a given sum.</summary>
    public static Constraint Multinomial(int totalCount) => new CountsConstraint(totalCount);

    /// <summary>Different constraints for stretches of an axis, counted from the right.</summary>
    /// <param name="parts">One constraint a stretch.</param>
    /// <param name="lengths">How long each stretch is.</param>
    /// <param name="axis">-1 is the last axis.</param>
    /// <exception cref="ArgumentException">There are no parts, the numbers of parts and lengths differ, or the axis is not counted from the
    /// right.</exception>
    public static Constraint Concat(ReadOnlySpan<Constraint> parts, ReadOnlySpan<int> lengths, int axis = -1) =>
        parts.Length > 0 && parts.Length == lengths.Length && axis < 0
        ? new JoinedConstraint(parts.ToArray(), lengths.ToArray(), axis)
        : throw new ArgumentException(
            $"Constraints.Concat: as many lengths as constraints, at least one, and an axis counted from the right are needed; "
                + $"found {parts.Length} constraints, {lengths.Length} lengths and axis {axis}.");

    /// <summary>A different constraint for each position of an axis, counted from the right.</summary>
    /// <param name="parts">One constraint a position.</param>
    /// <param name="axis">-1 is the last axis.</param>
    /// <exception cref="ArgumentException">There are no parts, or the axis is not counted from the right.</exception>
    public static Constraint Stack(ReadOnlySpan<Constraint> parts, int axis = -1) => Concat(parts, [.. Enumerable.Repeat(1, parts.Length)], axis);

    /// <summary>Whole numbers from low to high, both included.</summary>
    public static Constraint IntegerInterval(Tensor low, Tensor high) =>
        new BoundsConstraint("integer interval", "a whole number from {0} to {1}", low, high, false, false, true);

    /// <summary>Arrays, of some more axes, of values of another constraint.</summary>
    public static Constraint Independent(Constraint element, int axes) => axes == 0 ? element : new IndependentConstraint(element, axes);

    /// <summary>low ≤ x ≤ high, where either end may be missing.</summary>
    /// <summary>What a map makes of a set.</summary>
    internal static Constraint ImageOf(Constraint source, Transform map, int eventRank) => new ImageConstraint(source, map, eventRank);

    internal static Constraint Between(Tensor? low, Tensor? high) => (low, high) switch
    {
        (not null, not null) => Interval(low, high),
        (not null, null) => GreaterThanOrEqual(low),
        (null, not null) => new BoundsConstraint("less than or equal", "at most {1}", null, high, false, false, false),
        _ => Real,
    };

    /// <summary>A bound in words; one that depends on a latent quantity is not read, since that would tie a recorded program to its value.</summary>
    internal static string TextOf(Tensor bound) => bound.RequiresGradient ? "its bound" : Text(bound);

    private static string Text(Tensor bound) =>
        bound.Count == 1 ? bound.Item().ToString("G7", System.Globalization.CultureInfo.InvariantCulture) : $"its bound of shape {bound.Shape}";
}
