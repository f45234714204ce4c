using Pyrite.Testing;


namespace Pyrite;

public sealed class MultivariateNormalTests
{
    private static readonly RandomKey Key = RandomKey.FromSeed(41);

    [Theory, InlineData(1, 1), InlineData(3, 5), InlineData(9, 50), InlineData(64, 100)]
    public void Rows_that_share_a_factor_score_as_each_on_its_own(int size, int rows)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        (Tensor loc, Tensor factor) = Parameters(size);
        Tensor value = Key.Child(3).Normal([rows, size]);
        double[] scores = new MultivariateNormal(loc, scaleTril: factor).LogProb(value).ToArray<double>();

        // With a factor of its own each row takes the path of batches.
        MultivariateNormal batch = new(loc, scaleTril: factor.Unsqueeze(0).BroadcastTo([rows, size, size]));
        Close.Assert(scores, batch.LogProb(value).ToArray<double>(), 1e-12, 1e-12, "shared factor");
        MultivariateNormal moved = new(loc.Unsqueeze(0).BroadcastTo([rows, size]), scaleTril: factor);
        Close.Assert(scores, moved.LogProb(value).ToArray<double>(), 1e-12, 1e-12, "a location for each row");
    }

    [Theory, InlineData(2, 3), InlineData(9, 20)]
    public void Gradients_of_rows_that_share_a_factor_agree_with_differences(int size, int rows)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        (Tensor loc, Tensor factor) = Parameters(size);
        Tensor value = Key.Child(4).Normal([rows, size]);
        Tensor weights = Key.Child(5).Normal([rows]);

        GradientCheck.Verify(
            x => (new MultivariateNormal(x[0], scaleTril: x[1].LowerTriangle(), validate: false).LogProb(x[2]) * weights).Sum(), [loc, factor, value],
                1e-6, 1e-7);
    }

    [Theory, InlineData(1), InlineData(2), InlineData(5)]
    public void Densities_by_a_covariance_can_be_differentiated_twice(int size)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        (Tensor loc, Tensor root) = Parameters(size);
        Tensor value = Key.Child(6).Normal([size]), weights = Key.Child(7).Normal([size, size]);
        GradientCheck.Verify(Score, [loc, root, value], 1e-6, 1e-7);
        GradientCheck.Verify(x => (Gradient.Of(Score, x)[1] * weights).Sum() + Gradient.Of(Score, x)[0].Sum(), [loc, root, value], 1e-5, 1e-6);

        Tensor Score(Tensor[] x) =>
            1.3 * new MultivariateNormal(x[0], covarianceMatrix: x[1].MatMul(x[1].Transpose()) + Tensor.Identity(size, DType.Float64)).LogProb(x[2])
                .Exp();
    }

    [Theory, InlineData(3), InlineData(40), InlineData(130)]
    public void A_covariance_gets_the_gradient_that_passes_through_its_factor(int size)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        (Tensor loc, Tensor root) = Parameters(size);
        Tensor covariance = (root.MatMul(root.Transpose()) + Tensor.Identity(size, DType.Float64)).AsVariable(), value = Key.Child(6).Normal([size]);
        Tensor direct = new MultivariateNormal(loc, covarianceMatrix: covariance).LogProb(value);
        Tensor factored = new MultivariateNormal(loc, scaleTril: covariance.Cholesky()).LogProb(value);

        Assert.Equal(factored.Item(), direct.Item(), 1e-12);
        Close.Assert(Gradient.Of(direct, [covariance])[0].ToArray<double>(), Gradient.Of(factored, [covariance])[0].ToArray<double>(), 1e-9, 1e-10,
            "gradient");
    }

    [Fact]
    public void A_single_vector_is_scored()
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        MultivariateNormal distribution = new(Tensor.From([1.0, 2]), scaleTril: Tensor.From([2.0, 0, 1, 3], [2, 2]));
        double score = distribution.LogProb(Tensor.From([3.0, 6])).Item();

        // L⁻¹ (2, 4) = (1, 1): -1 - ln 6 - ln 2π
        Assert.Equal(-1 - Math.Log(6) - Math.Log(2 * Math.PI), score, 1e-14);
    }

    private static (Tensor Loc, Tensor Factor) Parameters(int size)
    {
        Tensor factor = (0.3 * Key.Child(1).Normal([size, size])).LowerTriangle();
        Tensor diagonal = Tensor.Identity(size, DType.Float64);
        return (Key.Child(2).Normal([size]), (factor * (1 - diagonal)) + (1.5 * diagonal));
    }
}
