namespace Pyrite.Transforms;

/// <summary>Transforms far out, from 50 to 10,000, and at 0, in both types.</summary>
public sealed class FarTransformTests
{
    private static readonly double[] Places = [-1e4, -500, -100, -50, -20, -1e-9, 0, 1e-9, 0.3, 20, 50, 100, 500, 1e4];

    private static readonly Dictionary<string, Transform> Scalars = new()
    {
        ["Exp"] = new ExpTransform(),
        ["Sigmoid"] = new SigmoidTransform(),
        ["Interval"] = new SigmoidTransform().Then(new AffineTransform(2, 3)),
        ["Softplus"] = new SoftplusTransform(),
        ["Tanh"] = new TanhTransform(),
        ["Elu"] = new EluTransform(1),
        ["LeakyRelu"] = new LeakyReluTransform(0.01),
        ["Affine"] = new AffineTransform(1, 2),
        ["Cdf"] = new CdfTransform(new Normal(0.0, 1.0)),
    };

    private static readonly Dictionary<string, Transform> Vectors = new()
    {
        ["StickBreaking"] = new StickBreakingTransform(),
        ["Ordered"] = new OrderedTransform(),
        ["LowerCholesky"] = new LowerCholeskyTransform(),
        ["SoftplusLowerCholesky"] = new SoftplusLowerCholeskyTransform(),
        ["CorrelationCholesky"] = new CorrelationCholeskyTransform(),
        ["Stereographic"] = new StereographicTransform(),
        ["ZeroSum"] = new ZeroSumTransform(),
    };

    public static TheoryData<string> ScalarNames => [.. Scalars.Keys];

    public static TheoryData<string> VectorNames => [.. Vectors.Keys];

    /// <summary>The slope of the image is e to the log-determinant, down to the smallest numbers of the type.</summary>
    [Theory, MemberData(nameof(ScalarNames))]
    public void Slopes_agree_with_log_determinants_far_out(string name)
    {
        Transform transform = Scalars[name];
        foreach (DType type in new[] { DType.Float64, DType.Float32 })
        {
            double least = type == DType.Float32 ? 1e-37 : 1e-300;
            foreach (double place in Places)
            {
                Tensor x = Tensor.Full([1], place, type).AsVariable();
                Tensor y = transform.Forward(x);
                Tensor log = transform.LogAbsDetJacobian(x, y);
                double slope = Gradient.Of(y.Sum(), [x])[0].Item();
                double want = type == DType.Float32 ? (float)Math.Exp(log.Item()) : Math.Exp(log.Item());
                Assert.True(slope == want || Math.Abs(slope - want) <= (1e-4 * want) + least, $"{name} {type} at {place}: {slope:R}, want {want:R}");
                Assert.False(log.RequiresGradient && double.IsNaN(Gradient.Of(log.Sum(), [x])[0].Item()),
                    $"{name} {type} at {place}: the log-determinant has NaN as gradient");
            }
        }
    }

    [Theory, MemberData(nameof(VectorNames))]
    public void Images_log_determinants_and_gradients_are_numbers_and_agree_in_both_types(string name)
    {
        Transform transform = Vectors[name];
        foreach (double[] place in new double[][] { [0.3, -92, 2.1], [50, -50, 0.1], [100, 100, 100], [-1e3, 0.2, 1e3], [-20, 20, -20], [0, 0, 0],
            [1e4, -1e4, 0], [-1e4, -1e4, -1e4], [1e4, 1e4, 1e4] })
        {
            double[] wide = Numbers(transform, place, DType.Float64);
            double[] narrow = Numbers(transform, place, DType.Float32);
            for (int i = 0; i < wide.Length; i++)
            {
                Assert.False(double.IsNaN(wide[i]) || double.IsNaN(narrow[i]), $"{name}: number {i} at {string.Join(", ", place)} is NaN");
                bool fits = Math.Abs(wide[i]) is > 1.3e-37 and < 3e38;
                Assert.True(!fits || Math.Abs(narrow[i] - wide[i]) <= (1e-4 * Math.Abs(wide[i])) + 1e-7,
                    $"{name}: number {i} at {string.Join(", ", place)} is {narrow[i]:R}, want {wide[i]:R}");
            }
        }
    }

    /// <summary>Image, log-determinant and the gradients of both.</summary>
    private static double[] Numbers(Transform transform, double[] place, DType type)
    {
        Tensor x = Tensor.From(place).To(type).AsVariable();
        Tensor y = transform.Forward(x);
        Tensor log = transform.LogAbsDetJacobian(x, y);
        Tensor weights = RandomKey.FromSeed(1).Normal(y.Shape, DType.Float64).To(type);
        return
        [
            .. y.ToArray<double>(), log.Item(), .. Gradient.Of((y * weights).Sum(), [x])[0].ToArray<double>(),
            .. log.RequiresGradient ? Gradient.Of(log.Sum(), [x])[0].ToArray<double>() : [],
        ];
    }
}
