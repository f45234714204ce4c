using Pyrite.Kernels.Threads;
using Pyrite.Testing;

namespace Pyrite.Tests;

public sealed class CholeskyFactorsTests
{
    [Fact]
    public void Factors_match_plain_loops_at_every_size()
    {
        foreach (int n in (int[])[1, 2, 3, 7, 8, 15, 16, 17, 31, 32, 33, 63, 64, 65, 100, 127, 128, 129, 150, 200, 257, 271, 352, 353, 400])
        {
            Tensor a = PositiveDefinite([], n);
            double[] want = Plain(a.ToArray<double>(), n);
            Close.Assert(a.Cholesky().ToArray<double>(), want, 1e-11, 1e-13, $"size {n}");
            Close.Assert(a.To(DType.Float32).Cholesky().ToArray<double>(), want, 1e-4, 1e-4, $"size {n} in Float32");
        }
    }

    [Fact]
    public void Large_factors_have_the_same_bits_on_any_number_of_threads()
    {
        Tensor a = PositiveDefinite([], 419);
        double[] one, four;
        using (WorkerPool.LimitThreads(1))
        {
            one = a.Cholesky().ToArray<double>();
        }
        using (WorkerPool.LimitThreads(4))
        {
            four = a.Cholesky().ToArray<double>();
        }
        Assert.Equal(one, four);
    }

    [Theory, InlineData(1), InlineData(3), InlineData(8), InlineData(13), InlineData(16)]
    public void Many_small_matrices_match_plain_loops(int n)
    {
        Tensor a = PositiveDefinite([37], n);
        double[] all = a.ToArray<double>();
        double[] want = [.. Enumerable.Range(0, 37).SelectMany(i => Plain(all[(i * n * n)..((i + 1) * n * n)], n))];
        Close.Assert(a.Cholesky().ToArray<double>(), want, 1e-12, 1e-13, $"size {n}");
        Close.Assert(a.To(DType.Float32).Cholesky().ToArray<double>(), want, 1e-4, 1e-4, $"size {n} in Float32");
        RearrangementTests.AssertMessage<ArgumentException>(() => a.Replace(-1.0, 9, n - 1, n - 1).Cholesky(), "[9]", $"pivot {n - 1} is");
        RearrangementTests.AssertMessage<ArgumentException>(() => a.Replace(-1.0, 36, 0, 0).Cholesky(), "[36]", "pivot 0 is -1");
    }

    [Fact]
    public void Only_the_lower_triangle_is_read_and_batches_are_independent()
    {
        Tensor a = PositiveDefinite([3, 2], 5);
        Tensor lower = a.LowerTriangle() + Tensor.Full([5, 5], 100, DType.Float64).UpperTriangle(1);
        Assert.Equal(a.Cholesky().ToArray<double>(), lower.Cholesky().ToArray<double>());
        Assert.Equal(a[2, 1].Cholesky().ToArray<double>(), a.Cholesky()[2, 1].ToArray<double>());
        Assert.Equal([0, 3, 3], Tensor.Zeros(0, 3, 3).Cholesky().Shape);
        Assert.Equal([2, 0, 0], Tensor.Zeros(2, 0, 0).Cholesky().Shape);
    }

    [Fact]
    public void A_matrix_that_is_not_positive_definite_is_named_with_its_pivot()
    {
        Tensor good = PositiveDefinite([2, 3], 4);
        Tensor bad = good.Replace(-5.0, 1, 2, 2, 2).Replace(-5.0, 1, 1, 3, 3);
        RearrangementTests.AssertMessage<ArgumentException>(() => bad.Cholesky(), "[1, 1]", "pivot 3", "[2, 3, 4, 4]");
        RearrangementTests.AssertMessage<ArgumentException>(() => Tensor.From(new[,] { { 1.0, 0 }, { 2, 1 } }).Cholesky(), "pivot 1 is -3");
        RearrangementTests.AssertMessage<ArgumentException>(() => Tensor.From(new[,] { { double.NaN } }).Cholesky(), "pivot 0 is NaN");
        RearrangementTests.AssertMessage<ArgumentException>(() => Tensor.Ones(2, 3).Cholesky(), "square", "[2, 3]");
        Tensor large = PositiveDefinite([], 150).Replace(-1.0, 140, 140);
        RearrangementTests.AssertMessage<ArgumentException>(() => large.Cholesky(), "pivot 140");
        Tensor larger = PositiveDefinite([], 300).Replace(-1.0, 290, 290);
        RearrangementTests.AssertMessage<ArgumentException>(() => larger.Cholesky(), "pivot 290");
    }

    [Fact]
    public void Gradients_match_the_formula_in_plain_operations_at_every_size()
    {
        // sym(L⁻ᵀ Φ(Lᵀ L̄) L⁻¹), Φ being the lower triangle with half of the diagonal.
        foreach (int n in (int[])[1, 2, 5, 8, 9, 15, 16, 17, 31, 32, 33, 48, 49, 64, 100, 129, 200])
        {
            Tensor a = PositiveDefinite([], n), upstream = RandomKey.FromSeed(8).Normal([n, n], DType.Float64), l = a.Cholesky();
            Tensor product = l.Transpose().MatMul(upstream.LowerTriangle()),
                half = product.LowerTriangle() - (0.5 * product.Diagonal()).DiagonalEmbed(), inverse = l.Inverse();
            Tensor sandwich = inverse.Transpose().MatMul(half).MatMul(inverse), want = 0.5 * (sandwich + sandwich.Transpose());
            Tensor variable = a.AsVariable(), single = a.To(DType.Float32).AsVariable();
            Close.Assert(Gradient.Of(variable.Cholesky(), [variable], upstream)[0].ToArray<double>(), want.ToArray<double>(), 1e-10, 1e-12,
                $"size {n}");
            Close.Assert(Gradient.Of(single.Cholesky(), [single], upstream.To(DType.Float32))[0].ToArray<double>(), want.ToArray<double>(), 1e-3,
                1e-4, $"size {n} in Float32");
        }
    }

    [Fact]
    public void Gradients_of_batches_are_those_of_their_matrices()
    {
        Tensor batch = PositiveDefinite([3, 2], 19), upstream = RandomKey.FromSeed(9).Normal([3, 2, 19, 19], DType.Float64),
            variable = batch.AsVariable();
        Tensor all = Gradient.Of(variable.Cholesky(), [variable], upstream)[0], single = batch[2, 1].AsVariable();
        Assert.Equal(Gradient.Of(single.Cholesky(), [single], upstream[2, 1])[0].ToArray<double>(), all[2, 1].ToArray<double>());
        Assert.Equal([0, 3, 3], Gradient.Of(x => x.Cholesky().Sum(), Tensor.Zeros([0, 3, 3], DType.Float64)).Shape);
    }

    [Fact]
    public void Vectors_are_solved_with_transposed_triangles_at_every_size()
    {
        foreach (int n in (int[])[1, 2, 3, 8, 9, 33, 100])
        {
            Tensor l = PositiveDefinite([], n).Cholesky(), b = RandomKey.FromSeed(3).Normal([n, 1], DType.Float64);
            Close.Assert(l.Transpose().MatMul(l.SolveTriangular(b, transpose: true)).ToArray<double>(), b.ToArray<double>(), 1e-10, 1e-12,
                $"size {n}");
            Tensor unit = l.LowerTriangle(-1) + Tensor.Identity(n, DType.Float64);
            Tensor x = l.SolveTriangular(b, transpose: true, unitDiagonal: true);
            Close.Assert(unit.Transpose().MatMul(x).ToArray<double>(), b.ToArray<double>(), 1e-8, 1e-8 * x.Abs().Max().Item(),
                $"size {n}, unit diagonal");
        }
    }

    [Theory, InlineData(1), InlineData(3), InlineData(20)]
    public void Gradients_match_numerical_ones_to_second_order(int n)
    {
        Tensor point = 0.1 * ElementwiseTests.Points([2, n, n], -1, 1);
        static Tensor Positive(Tensor x) => x.MatMul(x.Transpose()) + (3.0 * Tensor.Identity(x.Shape[^1], DType.Float64));
        DerivativeCheck.FirstAndSecond(x => Positive(x[0]).Cholesky(), point);
    }

    [Theory, InlineData(false, false, false), InlineData(false, true, false), InlineData(true, false, false), InlineData(true, true, true),
        InlineData(false, false, true)]
    public void Triangular_solutions_satisfy_their_equations(bool upper, bool transpose, bool unit)
    {
        foreach ((int n, int m) in ((int, int)[])[(1, 1), (3, 1), (5, 2), (16, 8), (17, 9), (40, 1), (40, 30), (70, 65), (130, 20), (9, 0)])
        {
            Tensor a = ElementwiseTests.Points([2, n, n], -1, 1) * (1.0 / n) + (2.0 * Tensor.Identity(n, DType.Float64));
            Tensor b = ElementwiseTests.Points([2, n, m], -1, 1);
            Tensor triangle = upper ? a.UpperTriangle() : a.LowerTriangle();
            triangle = unit ? triangle - triangle.Diagonal().DiagonalEmbed() + Tensor.Identity(n, DType.Float64) : triangle;
            Tensor full = transpose ? triangle.Transpose() : triangle;
            Tensor x = a.SolveTriangular(b, upper, transpose, unit);
            Close.Assert(full.MatMul(x).ToArray<double>(), b.ToArray<double>(), 1e-12, 1e-12, $"{n} x {m}");
            Tensor right = a.SolveTriangularRight(b.Transpose(), upper, transpose, unit);
            Close.Assert(right.MatMul(full).ToArray<double>(), b.Transpose().ToArray<double>(), 1e-12, 1e-12, $"{m} x {n} from the right");
        }
        DerivativeCheck.FirstAndSecond(x => x[0].SolveTriangular(x[1], upper, transpose, unit), ElementwiseTests.Points([4, 4], 1, 2),
            ElementwiseTests.Points([3, 4, 2], -1, 1));
    }

    [Fact]
    public void Threads_do_not_change_a_bit()
    {
        Tensor a = PositiveDefinite([5], 150);
        double[] want;
        using (WorkerPool.LimitThreads(1))
        {
            want = a.Cholesky().ToArray<double>();
        }
        using (WorkerPool.LimitThreads(3))
        {
            Assert.Equal(want, a.Cholesky().ToArray<double>());
        }
    }

    internal static Tensor PositiveDefinite(Shape batch, int n)
    {
        Tensor x = RandomKey.FromSeed(2).Normal(batch + [n, n], DType.Float64);
        return (x.MatMul(x.Transpose()) / n) + Tensor.Identity(n, DType.Float64);
    }

    private static double[] Plain(double[] a, int n)
    {
        double[] l = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = a[(i * n) + j];
                for (int k = 0; k < j; k++)
                {
                    sum -= l[(i * n) + k] * l[(j * n) + k];
                }
                l[(i * n) + j] = i == j ? Math.Sqrt(sum) : sum / l[j * (n + 1)];
            }
        }
        return l;
    }
}
