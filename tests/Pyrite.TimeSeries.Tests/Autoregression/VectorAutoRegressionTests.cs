using Pyrite.Testing;

namespace Pyrite.Autoregression;

/// <summary>Batches of vector autoregressions against each of them alone.</summary>
public sealed class VectorAutoRegressionTests
{
    private static readonly Tensor Lags = Tensor.From(new double[,] { { 0.4, 0.2 }, { -0.1, 0.3 } });
    private static readonly Tensor Coefficients = Tensor.Stack([Lags, 0.2 * Lags.Transpose()]);
    private static readonly Tensor Both = Tensor.Stack([Coefficients, -0.8 * Coefficients]);
    private static readonly Tensor Intercepts = Tensor.From(new double[,] { { 1, -1 }, { 0.5, 0 } });
    private static readonly Tensor Covariance = Tensor.From(new double[,] { { 1, 0.3 }, { 0.3, 0.5 } });
    private static readonly Tensor Data = RandomKey.FromSeed(1).Normal([12, 2], DType.Float64);

    [Fact]
    public void A_batch_is_its_processes_one_by_one()
    {
        VectorAutoRegression batch = new(Both, Intercepts, Covariance, 12);
        Assert.Equal([2], batch.BatchShape);
        Assert.Equal([12, 2], batch.EventShape);
        for (int i = 0; i < 2; i++)
        {
            VectorAutoRegression alone = new(Both[i], Intercepts[i], Covariance, 12);
            Close.Assert(batch.LogProb(Data)[i], alone.LogProb(Data), 1e-12, 1e-12, "density");
            Close.Assert(batch.ConditionalLogProb(Data)[i], alone.ConditionalLogProb(Data), 1e-12, 1e-12, "density given the first");
            Close.Assert(batch.Mean[i], alone.Mean, 1e-12, 1e-12, "mean");
            Close.Assert(batch.Variance[i], alone.Variance, 1e-12, 1e-12, "variance");
            Close.Assert(batch.ImpulseResponse(4)[i], alone.ImpulseResponse(4), 1e-12, 1e-12, "responses");
            Close.Assert(batch.Forecast(Data, 3).Mean[i], alone.Forecast(Data, 3).Mean, 1e-12, 1e-12, "forecast");
        }
        Assert.Equal([5, 2, 12, 2], batch.Sample(RandomKey.FromSeed(1), [5]).Shape);
    }

    [Fact]
    public void Any_parameter_may_have_the_batch()
    {
        Tensor spread = Tensor.Stack([Covariance, 2 * Covariance]), one = Intercepts[0];
        Close.Assert(new VectorAutoRegression(Coefficients, one, spread, 12).LogProb(Data)[1],
            new VectorAutoRegression(Coefficients, one, 2 * Covariance, 12).LogProb(Data), 1e-12, 1e-12, "covariances");
        Close.Assert(new VectorAutoRegression(Coefficients, Intercepts, Covariance, 12).LogProb(Data)[1],
            new VectorAutoRegression(Coefficients, Intercepts[1], Covariance, 12).LogProb(Data), 1e-12, 1e-12, "intercepts");
        Close.Assert(new VectorAutoRegression(Both.Slice(1, 0, 1), one, Covariance, 12).LogProb(Data)[1],
            new VectorAutoRegression(Both[1].Slice(0, 0, 1), one, Covariance, 12).LogProb(Data), 1e-12, 1e-12, "one lag");
        Assert.Equal([3, 2], new VectorAutoRegression(Both, Intercepts, Covariance.BroadcastTo([3, 1, 2, 2]), 12).LogProb(Data).Shape);
    }

    [Fact]
    public void Gradients_of_a_batch_are_those_of_differences() => GradientCheck.Verify(
        x => new VectorAutoRegression(x[0], x[1], 0.5 * (x[2] + x[2].Transpose()), 12).LogProb(Data), Both, Intercepts, Covariance);
}
