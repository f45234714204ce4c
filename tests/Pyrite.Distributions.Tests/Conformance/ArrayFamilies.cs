
namespace Pyrite.Conformance;

/// <summary>One ordinary member of every family of vectors and matrices, and of every wrapper; a family passes the shared suite by being
/// listed.</summary>
internal static class ArrayFamilies
{
    private static readonly Tensor Factor = Tensor.From(new double[,] { { 1.2, 0 }, { 0.6, 0.7 } });
    private static readonly Tensor Spread = Tensor.From(new double[,] { { 1.44, 0.72 }, { 0.72, 0.85 } });
    private static readonly Tensor Chances = Tensor.From([0.2, 0.5, 0.3]);
    private static readonly Tensor Neighbours = Tensor.From(new double[,] { { 0, 1, 0 }, { 1, 0, 1 }, { 0, 1, 0 } });

    public static readonly Dictionary<string, Family> All = new()
    {
        ["OneHotCategorical"] = new([Chances], (p, v) => new OneHotCategorical(p[0], validate: v)),
        ["RelaxedOneHotCategorical"] = new([Scalar(0.7), Chances], (p, v) => new RelaxedOneHotCategorical(p[0], logits: p[1], validate: v)),
        ["RelaxedOneHotCategoricalStraightThrough"] =
            new([Scalar(0.7), Chances], (p, v) => new RelaxedOneHotCategoricalStraightThrough(p[0], logits: p[1], validate: v)),
        ["Multinomial"] = new([Chances], (p, v) => new Multinomial(7, p[0], validate: v)),
        ["DirichletMultinomial"] = new([Tensor.From([1.2, 0.5, 2.3])], (p, v) => new DirichletMultinomial(p[0], 7, validate: v)),
        ["Dirichlet"] = new([Tensor.From([1.2, 1.5, 2.3])], (p, v) => new Dirichlet(p[0], validate: v)),
        ["LogisticNormal"] = new([Tensor.From([0.2, -0.4]), Tensor.From([0.5, 0.8])], (p, v) => new LogisticNormal(p[0], p[1], validate: v)),
        ["ProjectedNormal"] = new([Tensor.From([0.9, -0.4, 1.1])], (p, v) => new ProjectedNormal(p[0], validate: v)),
        ["MultivariateNormal"] = new([Tensor.From([0.5, -1.0]), Factor], (p, v) => new MultivariateNormal(p[0], scaleTril: p[1], validate: v)),
        ["MultivariateNormal of a covariance"] =
            new([Tensor.From([0.5, -1.0]), Spread], (p, v) => new MultivariateNormal(p[0], covarianceMatrix: p[1], validate: v)),
        ["MultivariateNormal of a precision"] =
            new([Tensor.From([0.5, -1.0]), Spread], (p, v) => new MultivariateNormal(p[0], precisionMatrix: p[1], validate: v)),
        ["LowRankMultivariateNormal"] =
            new([Tensor.From([0.5, -1.0]), Tensor.From(new double[,] { { 0.7 }, { -0.4 } }), Tensor.From([0.5, 0.9])],
                (p, v) => new LowRankMultivariateNormal(p[0], p[1], p[2], validate: v)),
        ["MultivariateStudentT"] =
            new([Scalar(9.0), Tensor.From([0.5, -1.0]), Factor], (p, v) => new MultivariateStudentT(p[0], p[1], p[2], validate: v)),
        ["MatrixNormal"] =
            new([Tensor.From(new double[,] { { 0.5, 1 }, { -1, 0 } }), Factor, Factor], (p, v) => new MatrixNormal(p[0], p[1], p[2], validate: v)),
        ["Wishart"] = new([Scalar(6.5), Factor], (p, v) => new Wishart(p[0], scaleTril: p[1], validate: v)),
        ["Wishart of a covariance"] = new([Scalar(6.5), Spread], (p, v) => new Wishart(p[0], covarianceMatrix: p[1], validate: v)),
        ["Wishart of a precision"] = new([Scalar(6.5), Spread], (p, v) => new Wishart(p[0], precisionMatrix: p[1], validate: v)),
        ["InverseWishart"] = new([Scalar(14.5), Factor], (p, v) => new InverseWishart(p[0], scaleTril: p[1], validate: v)),
        ["InverseWishart of a matrix"] = new([Scalar(14.5), Spread], (p, v) => new InverseWishart(p[0], scaleMatrix: p[1], validate: v)),
        ["LKJ"] = new([Scalar(1.7)], (p, v) => new LKJ(3, p[0], validate: v)),
        ["LKJCholesky"] = new([Scalar(1.7)], (p, v) => new LKJCholesky(3, p[0], validate: v)),
        ["ZeroSumNormal"] = new([Scalar(1.3)], (p, v) => new ZeroSumNormal(p[0], 4, validate: v)),
        ["GaussianRandomWalk"] = new([Scalar(1.3), Scalar(0.4)], (p, v) => new GaussianRandomWalk(p[0], 4, validate: v, p[1])),
        ["Hmm"] =
            new([Tensor.From([0.2, -0.4]), Tensor.From(new double[,] { { 0.5, 1 }, { -1, 0 } }), Tensor.From([0.5, -1.0])],
                (p, v) => new Hmm(p[0], p[1].Unsqueeze(-3), new Normal(p[2].Unsqueeze(-2), 1.2, validate: v), 3, validate: v)),
        ["GaussianMarkovRandomField"] =
            new([Tensor.From([0.1, -0.4, 1.0]), Scalar(0.6), Scalar(1.7)],
                (p, v) => new GaussianMarkovRandomField(p[0], p[1], p[2], Neighbours.To(p[0].DType), validate: v)),
        ["Delta"] = new([Tensor.From([0.5, -1.0])], (p, v) => new Delta(p[0], eventDim: 1, validate: v)),
        ["Unit"] = new([Scalar(0.7)], (p, v) => new Unit(p[0], validate: v)),
        ["ImproperUniform"] = new([], (_, v) => new ImproperUniform(Constraints.Positive, eventShape: [2], validate: v)),
        ["Empirical"] = new([Tensor.From([1.0, 2.0, 5.0]), Tensor.From([-0.7, -1.4, -1.4])], (p, v) => new Empirical(p[0], p[1], validate: v)),
        ["Independent"] = new([Tensor.From([0.5, -1.0]), Scalar(1.2)], (p, v) => new Normal(p[0], p[1], validate: v).ToEvent(1)),
        ["Expanded"] = new([Scalar(1.2)], (p, v) => new Gamma(p[0], 1.5, validate: v).Expand([3])),
        ["Masked"] = new([Tensor.From([1.2, 2.0])], (p, v) => new Gamma(p[0], 1.5, validate: v).Mask(Tensor.From([true, false]))),
        ["Censored"] = new([Scalar(0.3), Scalar(1.2)], (p, v) => new Censored(new Normal(p[0], p[1], validate: v), -1.0, 2.0)),
        ["IntervalCensored"] =
            new([Scalar(0.3), Scalar(1.2)],
                (p, v) => new IntervalCensored(new Normal(p[0], p[1], validate: v), Tensor.From([-1.0, 0, 1, 2.5]).To(p[0].DType))),
    };

    private static Tensor Scalar(double value) => Tensor.Full(Shape.Scalar, value, DType.Float64);
}
