using Pyrite.Testing;


namespace Pyrite.Tests;

public sealed class MatrixSystemsTests
{
    [Theory, InlineData(1), InlineData(2), InlineData(5), InlineData(17), InlineData(60)]
    public void Solutions_inverses_and_determinants_agree(int n)
    {
        Tensor a = RandomKey.FromSeed(6).Normal([3, n, n], DType.Float64);
        Tensor b = RandomKey.FromSeed(7).Normal([3, n, 4], DType.Float64);
        Close.Assert(a.MatMul(a.Solve(b)).ToArray<double>(), b.ToArray<double>(), 1e-9, 1e-9, "solve");
        Close.Assert(a.MatMul(a.Inverse()).ToArray<double>(), Tensor.Identity(n, DType.Float64).BroadcastTo([3, n, n]).ToArray<double>(), 1e-9, 1e-9,
            "inverse");
        (Tensor sign, Tensor logarithm) = a.SignedLogDeterminant();
        Close.Assert((sign * logarithm.Exp()).ToArray<double>(), a.Determinant().ToArray<double>(), 1e-10, 1e-10, "determinant");
        Tensor product = a.Determinant() * a.Inverse().Determinant();
        Close.Assert(product.ToArray<double>(), [1, 1, 1], 1e-9, 0, "determinant of the inverse");
    }

    [Fact]
    public void Gradients_match_numerical_ones_to_second_order()
    {
        Tensor a = ElementwiseTests.Points([2, 3, 3], -1, 1) + (3.0 * Tensor.Identity(3, DType.Float64));
        Tensor b = ElementwiseTests.Points([3, 2], -1, 1);
        DerivativeCheck.FirstAndSecond(x => x[0].Solve(x[1]), a, b);
        DerivativeCheck.FirstAndSecond(x => x[0].Inverse(), a);
        DerivativeCheck.FirstAndSecond(x => x[0].Determinant(), a);
        DerivativeCheck.FirstAndSecond(x => x[0].LogDeterminant(), a);
        DerivativeCheck.FirstAndSecond(x => x[0].PseudoInverse(), ElementwiseTests.Points([4, 2], -1, 1));
        DerivativeCheck.FirstAndSecond(x => x[0].PseudoInverse(), ElementwiseTests.Points([2, 4], -1, 1));
        DerivativeCheck.FirstAndSecond(x => x[0].LeastSquares(x[1]), ElementwiseTests.Points([4, 2], -1, 1), ElementwiseTests.Points([4, 3], -1, 1));
        DerivativeCheck.FirstAndSecond(x => x[0].MatrixExponential(), ElementwiseTests.Points([2, 3, 3], -1, 1));
        DerivativeCheck.FirstAndSecond(x => x[0].MatrixPower(3), a);
        DerivativeCheck.FirstAndSecond(x => x[0].Kronecker(x[1]), ElementwiseTests.Points([2, 3], -1, 1), b);
        DerivativeCheck.FirstAndSecond(x => x[0].Cross(x[1]), b.Transpose(), b.Transpose() + 1.0);
        DerivativeCheck.FirstAndSecond(x => Tensor.EinsteinSum("bij,jk,bk->ib", x), a, a[0], ElementwiseTests.Points([2, 3], -1, 1));
    }

    [Fact]
    public void Recorded_steps_give_the_bits_of_eager_execution()
    {
        Tensor a = CholeskyFactorsTests.PositiveDefinite([2], 5).AsVariable();
        Tensor b = ElementwiseTests.Points([5, 2], -1, 1);
        double[][] Evaluate()
        {
            Tensor[] results =
            [
                a.Cholesky(), a.Cholesky().SolveTriangular(b), a.Solve(b), a.Determinant(), a.LogDeterminant(), a.Qr().R,
                    a.SymmetricEigen().Vectors.Square(),
                a.Svd().U.Square(), a.PseudoInverse(), a.MatrixExponential(), a.MatrixPower(-2), Tensor.EinsteinSum("bij,jk->bki", a, b),
                    a.Distances(a.Exp()),
            ];
            return [.. results.SelectMany(result => new[] { result.ToArray<double>(), Gradient.Of(result.Sin().Sum(), [a])[0].ToArray<double>() })];
        }
        double[][] want = Evaluate();
        for (int step = 0; step < 4; step++)
        {
            using StepScope scope = StepScope.Begin();
            Assert.Equal(want, Evaluate());
        }
    }

    [Fact]
    public void The_gradient_of_a_singular_determinant_is_the_cofactor_matrix()
    {
        Tensor singular = Tensor.From(new[,] { { 1.0, 2, 3 }, { 4, 5, 6 }, { 7, 8, 9 } });
        Close.Assert(Gradient.Of(x => x.Determinant(), singular).ToArray<double>(), [-3, 6, -3, 6, -12, 6, -3, 6, -3], 1e-12, 1e-13, "rank 2");
        Tensor rankOne = Tensor.From(new[,] { { 1.0, 2 }, { 2, 4 } });
        Close.Assert(Gradient.Of(x => x.Determinant(), rankOne).ToArray<double>(), [4, -2, -2, 1], 1e-13, 1e-13, "rank 1");
        Close.Assert(Gradient.Of(x => x.Determinant(), Tensor.Zeros([2, 2], DType.Float64)).ToArray<double>(), [0, 0, 0, 0], 0, 1e-300, "rank 0");
    }

    [Fact]
    public void Singular_matrices_are_named()
    {
        Tensor a = Tensor.Stack([Tensor.Identity(2), Tensor.Ones(2, 2)]);
        RearrangementTests.AssertMessage<ArgumentException>(() => a.Solve(Tensor.Ones(2, 1)), "matrix [1]", "singular");
        RearrangementTests.AssertMessage<ArgumentException>(() => a.Solve(Tensor.Ones(3, 1)), "[2, 2, 2]", "[3, 1]");
        RearrangementTests.AssertMessage<ArgumentException>(() => Tensor.Ones(2, 3).Inverse(), "[2, 3]");
        Assert.Equal([0, double.NegativeInfinity], a[1].SignedLogDeterminant() is var (sign, logarithm) ? [sign.Item(), logarithm.Item()] : []);
    }

    [Fact]
    public void A_pseudo_inverse_of_any_rank_satisfies_the_four_equations()
    {
        Tensor a = RandomKey.FromSeed(1).Normal([5, 2], DType.Float64).MatMul(RandomKey.FromSeed(2).Normal([2, 4], DType.Float64));
        Tensor y = a.PseudoInverse();
        Close.Assert(a.MatMul(y).MatMul(a).ToArray<double>(), a.ToArray<double>(), 1e-12, 1e-12, "A A⁺ A");
        Close.Assert(y.MatMul(a).MatMul(y).ToArray<double>(), y.ToArray<double>(), 1e-12, 1e-12, "A⁺ A A⁺");
        Close.Assert(a.MatMul(y).Transpose().ToArray<double>(), a.MatMul(y).ToArray<double>(), 1e-12, 1e-12, "A A⁺");
        Close.Assert(y.MatMul(a).Transpose().ToArray<double>(), y.MatMul(a).ToArray<double>(), 1e-12, 1e-12, "A⁺ A");
    }

    [Fact]
    public void The_matrix_exponential_of_large_matrices_is_exact()
    {
        Tensor rotation = Tensor.From(new[,] { { 0.0, -20 }, { 20, 0 } }).MatrixExponential();
        Close.Assert(rotation.ToArray<double>(), [Math.Cos(20), -Math.Sin(20), Math.Sin(20), Math.Cos(20)], 1e-12, 1e-12, "rotation");
        Close.Assert(Tensor.From(new[,] { { 0.0, 1 }, { 0, 0 } }).MatrixExponential().ToArray<double>(), [1, 1, 0, 1], 1e-15, 1e-15, "nilpotent");
    }

    [Fact]
    public void Einsum_errors_are_named()
    {
        RearrangementTests.AssertMessage<ArgumentException>(() => Tensor.EinsteinSum("ij,jk", Tensor.Ones(2, 3)), "2 operands");
        RearrangementTests.AssertMessage<ArgumentException>(() => Tensor.EinsteinSum("ijk->i", Tensor.Ones(2, 3)), "3 axes", "[2, 3]");
        RearrangementTests.AssertMessage<ArgumentException>(() => Tensor.EinsteinSum("ij,jk->ik", Tensor.Ones(2, 3), Tensor.Ones(4, 2)), "'j'",
            "3 and 4");
        RearrangementTests.AssertMessage<ArgumentException>(() => Tensor.EinsteinSum("ij->iz", Tensor.Ones(2, 3)), "'z'");
        RearrangementTests.AssertMessage<ArgumentException>(() => Tensor.EinsteinSum("ii->i", Tensor.Ones(2, 3)), "'i'");
    }
}
