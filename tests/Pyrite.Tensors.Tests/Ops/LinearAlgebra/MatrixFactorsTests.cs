using Pyrite.Testing;


namespace Pyrite.Tests;

public sealed class MatrixFactorsTests
{
    [Theory, InlineData(1, 1), InlineData(5, 3), InlineData(8, 8), InlineData(40, 17), InlineData(6, 1)]
    public void Qr_is_orthonormal_times_triangular(int m, int n)
    {
        Tensor a = RandomKey.FromSeed(9).Normal([2, m, n], DType.Float64);
        (Tensor q, Tensor r) = a.Qr();
        Close.Assert(q.MatMul(r).ToArray<double>(), a.ToArray<double>(), 1e-12, 1e-12, "product");
        AssertOrthonormal(q);
        Assert.Equal(r.ToArray<double>(), r.UpperTriangle().ToArray<double>());
        Assert.True((r.Diagonal() >= 0).All());
        DerivativeCheck.FirstAndSecond(x => Tensor.Concat([x[0].Qr().Q, x[0].Qr().R], -2),
            ElementwiseTests.Points([2, Math.Min(m, 6), Math.Min(n, 3)], -1, 1));
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(10), InlineData(33), InlineData(80)]
    public void Symmetric_eigenvectors_diagonalize(int n)
    {
        Tensor x = RandomKey.FromSeed(10).Normal([2, n, n], DType.Float64);
        Tensor a = x + x.Transpose();
        (Tensor values, Tensor vectors) = a.SymmetricEigen();
        Close.Assert((vectors * values.Unsqueeze(-2)).MatMul(vectors.Transpose()).ToArray<double>(), a.ToArray<double>(), 1e-11, 1e-12, "product");
        AssertOrthonormal(vectors);
        Assert.Equal(values.ToArray<double>(), values.Sort().Values.ToArray<double>());
        Close.Assert(values.Sum(-1).ToArray<double>(), a.Trace().ToArray<double>(), 1e-11, 1e-11, "trace");
        Tensor single = a.To(DType.Float32).SymmetricEigenvalues();
        Close.Assert(single.ToArray<double>(), values.ToArray<double>(), 1e-4, 1e-4, "in Float32");
    }

    [Fact]
    public void Equal_eigenvalues_and_zero_matrices_converge()
    {
        (Tensor values, Tensor vectors) = Tensor.Identity(5, DType.Float64).SymmetricEigen();
        Assert.Equal([1, 1, 1, 1, 1], values.ToArray<double>());
        AssertOrthonormal(vectors);
        Assert.Equal([0, 0, 0], Tensor.Zeros([3, 3], DType.Float64).SymmetricEigenvalues().ToArray<double>());
        Tensor gradient = Gradient.Of(x => x.SymmetricEigenvalues().Sum(), Tensor.Identity(3, DType.Float64));
        Close.Assert(gradient.ToArray<double>(), Tensor.Identity(3).ToArray<double>(), 1e-14, 1e-14, "gradient of the trace");
    }

    [Theory, InlineData(1, 1), InlineData(4, 4), InlineData(5, 3), InlineData(3, 5), InlineData(30, 12), InlineData(12, 30)]
    public void Singular_vectors_rebuild_the_matrix(int m, int n)
    {
        Tensor a = RandomKey.FromSeed(11).Normal([2, m, n], DType.Float64);
        (Tensor u, Tensor values, Tensor v) = a.Svd();
        Close.Assert((u * values.Unsqueeze(-2)).MatMul(v.Transpose()).ToArray<double>(), a.ToArray<double>(), 1e-12, 1e-12, "product");
        AssertOrthonormal(u);
        AssertOrthonormal(v);
        Assert.Equal(values.ToArray<double>(), values.Sort(descending: true).Values.ToArray<double>());
    }

    [Theory, InlineData(3, 3), InlineData(4, 3), InlineData(3, 4)]
    public void Gradients_of_decompositions_match_numerical_ones_to_second_order(int m, int n)
    {
        Tensor a = ElementwiseTests.Points([m, n], -1, 1) + (3.0 * Tensor.From([1.0, 2, 3, 4])[..n]);
        DerivativeCheck.FirstAndSecond(x => x[0].SingularValues(), a);
        DerivativeCheck.FirstAndSecond(
            x =>
            {
                (Tensor u, Tensor values, Tensor v) = x[0].Svd();
                return (u * values.Sqrt().Unsqueeze(-2)).MatMul(v.Transpose());
            },
            a);
        DerivativeCheck.FirstAndSecond(
            x =>
            {
                (Tensor values, Tensor vectors) = (x[0] + x[0].Transpose()).SymmetricEigen();
                return (vectors * values.Sin().Unsqueeze(-2)).MatMul(vectors.Transpose());
            },
            ElementwiseTests.Points([3, 3], -1, 1));
    }

    [Fact]
    public void Small_singular_values_keep_their_digits()
    {
        Tensor scales = Tensor.From([1.0, 1e-6, 1e-12]);
        Tensor q = RandomKey.FromSeed(12).Normal([3, 3], DType.Float64).Qr().Q;
        Close.Assert((scales.Unsqueeze(-1) * q).SingularValues().Log().ToArray<double>(), [0, Math.Log(1e-6), Math.Log(1e-12)], 1e-12, 1e-13,
            "logarithms");
    }

    [Fact]
    public void Matrices_with_not_a_number_are_named()
    {
        Tensor bad = Tensor.Full([2, 3, 3], double.NaN, DType.Float64);
        RearrangementTests.AssertMessage<ArgumentException>(() => bad.SymmetricEigen(), "matrix [0]", "NaN");
        RearrangementTests.AssertMessage<ArgumentException>(() => Tensor.Ones(2, 3).Qr(), "[2, 3]");
    }

    private static void AssertOrthonormal(Tensor q)
    {
        int n = q.Shape[^1];
        Tensor identity = Tensor.Identity(n, DType.Float64).BroadcastTo(q.Shape[..^2] + [n, n]);
        Close.Assert(q.Transpose().MatMul(q).ToArray<double>(), identity.ToArray<double>(), 1e-12, 1e-12, "orthonormal columns");
    }
}
