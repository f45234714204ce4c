namespace Pyrite.Neural.Tests.Initializers;

public sealed class InitializersTests
{
    private static readonly RandomKey Key = RandomKey.FromSeed(4);

    [Theory]
    [InlineData(6, 4)]
    [InlineData(4, 6)]
    [InlineData(5, 5)]
    public void Orthogonal_starts_have_orthonormal_rows_or_columns(int rows, int columns)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        Tensor matrix = Initializer.Orthogonal(3).Draw(Key, [rows, columns]);
        Tensor gram = rows > columns ? matrix.Transpose().MatMul(matrix) : matrix.MatMul(matrix.Transpose());
        int count = Math.Min(rows, columns);
        double[] products = gram.ToArray<double>();
        for (int i = 0; i < products.Length; i++)
        {
            Assert.Equal(i / count == i % count ? 9 : 0, products[i], 1e-12);
        }
    }

    [Fact]
    public void Truncated_normal_numbers_stay_in_their_interval_even_in_a_tail()
    {
        double[] draws = Initializer.TruncatedNormal(1, 2, 7, 9).Draw(Key, [1000]).ToArray<double>();
        Assert.All(draws, draw => Assert.InRange(draw, 7, 9));
        // Mean of a standard Normal between 3 and 4 is (φ(3) - φ(4)) / (Φ(4) - Φ(3)) = 3.26156.
        Assert.Equal(1 + (2 * 3.26156), draws.Average(), 0.06);
    }

    [Fact]
    public void Refuses_what_cannot_be_drawn()
    {
        Assert.Throws<ArgumentException>(() => Initializer.TruncatedNormal(0, 1, 2, 1));
        Assert.Throws<ArgumentException>(() => Initializer.TruncatedNormal(0, 1, 9, 10));
        Assert.Throws<ArgumentException>(() => Initializer.XavierUniform().Draw(Key, [3]));
        Assert.Throws<ArgumentException>(() => Initializer.Orthogonal().Draw(Key, [3]));
    }

    [Fact]
    public void Plain_starts_are_what_their_names_say()
    {
        Assert.Equal([0f, 0f], Initializer.Zeros.Draw(Key, [2]).ToArray<float>());
        Assert.Equal([1f, 1f], Initializer.Ones.Draw(Key, [2]).ToArray<float>());
        Assert.Equal([2.5f, 2.5f], Initializer.Constant(2.5).Draw(Key, [2]).ToArray<float>());
        Assert.All(Initializer.Uniform(2, 3).Draw(Key, [100]).ToArray<float>(), draw => Assert.InRange(draw, 2f, 3f));
        Assert.Equal(Key.Normal([4]).ToArray<float>().Select(z => (z * 2) + 10), Initializer.Normal(10, 2).Draw(Key, [4]).ToArray<float>());
    }

    [Fact]
    public void A_layer_can_be_started_otherwise()
    {
        Linear layer = new(2, 3, weightStart: Initializer.Ones, biasStart: Initializer.Zeros);
        Assert.Equal(2f, layer.Forward(Tensor.Ones(2)).ToArray<float>()[0]);
    }
}
