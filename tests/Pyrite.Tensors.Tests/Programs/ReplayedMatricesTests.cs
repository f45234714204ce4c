using Pyrite.Kernels.Code;

namespace Pyrite.Tests;

/// <summary>Factors, triangular systems and Gaussian densities of small matrices in recorded functions: the kernels of eager execution, called
/// without tensors.</summary>
public sealed class ReplayedMatricesTests
{
    private static readonly Dictionary<string, Func<Tensor, Tensor, Tensor>> Functions = new()
    {
        ["factor"] = (a, _) => Covariance(a).CholeskyFactor().Square().Sum(),
        ["many factors"] = (a, _) => Tensor.Stack([Covariance(a), Covariance(2 * a), Covariance(a + 1)], 0).CholeskyFactor().Exp().Sum(),
        ["solve"] = (a, b) => Covariance(a).CholeskyFactor().SolveLower(b).Square().Sum(),
        ["solve transposed"] = (a, b) => Covariance(a).CholeskyFactor().SolveLower(b, transposed: true).Exp().Sum(),
        ["inverse"] = (a, _) => Covariance(a).CholeskyFactor().InverseOfLower().Square().Sum(),
        ["density by the factor"] = (a, b) => Covariance(a).CholeskyFactor().WhitenedDensity(b, 0.5 * b.Square()),
        ["density of rows"] =
            (a, b) => Covariance(a).CholeskyFactor().WhitenedDensity(Tensor.Stack([b, 2 * b, b - 1], 0), 0.5 * b.Square()).Exp().Sum(),
        ["density by the covariance"] = (a, b) =>
        {
            Tensor covariance = Covariance(a);
            return covariance.CholeskyFactor().WhitenedDensity(b, 0.5 * b.Square(), covariance);
        },
    };

    public static TheoryData<string> Names => [.. Functions.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Numbers_and_gradients_are_those_of_eager_execution(string name)
    {
        for (int n = 2; n <= 9; n++)
        {
            Tensor F(Tensor[] x) => Functions[name](x[0], x[1]);
            Shape[] shapes = [[n, n], [n]];
            double[] first = Numbers((n * n) + n, 1);
            ReplayedFunction replayed = ReplayedFunction.TryRecord(x => [F(x)], shapes, first, withGradient: true)!;
            string[] kernels = ["cholesky or nan", "solve triangular", "cholesky gradient", "whitened density", "lower outer product",
                "covariance gradient"];
            Assert.True(!VectorCode.IsAvailable || !replayed.Uncompiled.Any(one => kernels.Any(one.StartsWith)),
                string.Join(", ", replayed.Uncompiled));
            for (ulong seed = 1; seed < 4; seed++)
            {
                double[] point = Numbers(first.Length, seed), gradient = new double[point.Length];
                double value = replayed.Evaluate(point, gradient);
                Tensor[] variables = ReplayedFunction.Split(point, shapes);
                Tensor eager = F(variables);
                double[] expected =
                    [.. Gradient.OrNull(eager, variables).SelectMany((g, i) => g?.ToArray<double>() ?? new double[shapes[i].Count])];
                Assert.Equal(eager.Item(), value, 1e-11 * (1 + Math.Abs(value)));
                for (int i = 0; i < expected.Length; i++)
                {
                    Assert.Equal(expected[i], gradient[i], 1e-10 * (1 + expected.Max(Math.Abs)));
                }
            }
        }
    }

    [Fact]
    public void A_matrix_that_is_not_positive_definite_gives_no_number()
    {
        ReplayedFunction replayed =
            ReplayedFunction.TryRecord(x => [x[0].CholeskyFactor().Sum()], [[2, 2]], [2, 1, 1, 2], withGradient: false)!;
        double[] result = new double[1];
        replayed.Run([1, 2, 2, 1]);
        replayed.Read(0, result);
        Assert.Equal(double.NaN, result[0]);
    }

    private static Tensor Covariance(Tensor a) => a.MatMul(a.Transpose()) + Tensor.Identity(a.Shape[0], DType.Float64);

    private static double[] Numbers(int count, ulong seed) => RandomKey.FromSeed(seed).Normal([count], DType.Float64).ToArray<double>();
}
