namespace Pyrite.Transforms;

/// <summary>A parameter of a transform with what it must not be.</summary>
/// <param name="Transform">The class of the map.</param>
/// <param name="Parameter">The name of the parameter.</param>
/// <param name="Good">Values that are accepted.</param>
/// <param name="Bad">Values that are refused.</param>
/// <param name="Make">The map from a value and whether to check it.</param>
internal sealed record ParameterCase(string Transform, string Parameter, Tensor[] Good, Tensor[] Bad, Func<Tensor, bool, Transform> Make)
{
    private static readonly double[] NoNumbers = [double.NaN, double.PositiveInfinity, double.NegativeInfinity];

    /// <summary>Every parameter of every transform that is a tensor or a real number.</summary>
    public static IReadOnlyList<ParameterCase> All { get; } =
    [
        new("AffineTransform", "loc", Numbers(0, -3, 1e300), Numbers(NoNumbers), (p, v) => new AffineTransform(p, 2, v)),
        new("AffineTransform", "scale", Numbers(1e-300, 2, -3), Numbers([0, -0.0, .. NoNumbers]), (p, v) => new AffineTransform(1, p, v)),
        new("PowerTransform", "exponent", Numbers(-2, 0.5), Numbers([0, .. NoNumbers]), (p, v) => new PowerTransform(p, v)),
        new("LeakyReluTransform", "negativeSlope", Numbers(0.1, 1, 3), Numbers([0, -1, .. NoNumbers]), (p, _) => new LeakyReluTransform(p.Item())),
        new("EluTransform", "alpha", Numbers(0.1, 1, 3), Numbers([0, -1, .. NoNumbers]), (p, _) => new EluTransform(p.Item())),
        new("SplineTransform", "bound", Numbers(0.1, 3), Numbers([0, -1, .. NoNumbers]),
            (p, v) => new SplineTransform(Rows(0.2, 0.8), Rows(0.5, 0.5), Rows(1), p.Item(), v)),
        new("SplineTransform", "widths", Shares, NoShares, (p, v) => new SplineTransform(p, Rows(0.2, 0.3, 0.5), Rows(0.5, 2), 3, v)),
        new("SplineTransform", "heights", Shares, NoShares, (p, v) => new SplineTransform(Rows(0.2, 0.3, 0.5), p, Rows(0.5, 2), 3, v)),
        new("SplineTransform", "derivatives", [Rows(0.1, 7)], [Rows(0.1, 0), Rows(-1, 1), .. NoNumbers.Select(bad => Rows(bad, 1))],
            (p, v) => new SplineTransform(Rows(0.2, 0.3, 0.5), Rows(0.2, 0.3, 0.5), p, 3, v)),
        new("LowerCholeskyAffineTransform", "loc", [Rows(0, -3)], [.. NoNumbers.Select(bad => Rows(1, bad))],
            (p, v) => new LowerCholeskyAffineTransform(p, Matrix(1, 0, 0.5, 1), v)),
        new("LowerCholeskyAffineTransform", "scaleTril", [Matrix(1, 0, -3, 1e-9)],
            [Matrix(1, 0.5, 0, 1), Matrix(1, double.NaN, 0, 1), Matrix(1, 0, 0, 0), Matrix(-1, 0, 0, 1), Matrix(double.NaN, 0, 0, 1),
                Matrix(1, 0, double.NaN, 1)],
            (p, v) => new LowerCholeskyAffineTransform(Rows(0, 0), p, v)),
        new("SimplexToOrderedTransform", "anchor", Numbers(0, -5), Numbers(NoNumbers), (p, v) => new SimplexToOrderedTransform(p, v)),
    ];

    /// <summary>Transforms that have no parameters, or whose parts or whole numbers are checked in the constructor alone.</summary>
    public static IReadOnlyList<string> Without { get; } =
    [
        "CachedTransform", "CdfTransform", "ComposedTransform", "ConcatTransform", "IndependentTransform", "InverseTransform", "PermuteTransform",
        "ReshapeTransform", "StackTransform", "CholeskyToCorrelationTransform", "CholeskyToCovarianceTransform", "CorrelationCholeskyTransform",
        "LowerCholeskyTransform", "SoftplusLowerCholeskyTransform", "ExpTransform", "IdentityTransform", "SigmoidTransform", "SoftplusTransform",
        "TanhTransform", "NormalizeTransform", "OrderedTransform", "PositiveOrderedTransform", "SoftmaxTransform", "SphericalTransform",
        "StereographicTransform", "StickBreakingTransform", "ZeroSumTransform",
    ];

    /// <summary>What tests call it.</summary>
    public string Name => $"{Transform}.{Parameter}";

    /// <summary>Whether the parameter is a C# number, which is checked whatever the switch says.</summary>
    public bool IsNumber => Transform is "LeakyReluTransform" or "EluTransform";

    private static Tensor[] Shares => [Rows(0.2, 0.3, 0.5), Rows(1e-9, 1 - 1e-9 - 0.5, 0.5)];

    private static Tensor[] NoShares =>
        [Rows(0.2, 0.3, 0.4), Rows(0.5, 0, 0.5), Rows(-0.5, 1, 0.5), Rows(double.NaN, 0.5, 0.5), Rows(double.PositiveInfinity, 0.5, 0.5)];

    private static Tensor[] Numbers(params double[] values) => [.. values.Select(value => Tensor.Full(Shape.Scalar, value, DType.Float64))];

    private static Tensor Rows(params double[] values) => Tensor.From(values);

    private static Tensor Matrix(double a, double b, double c, double d) => Tensor.From(new[,] { { a, b }, { c, d } });
}
