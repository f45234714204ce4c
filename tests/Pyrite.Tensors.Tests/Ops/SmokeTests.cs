namespace Pyrite.Tests;

public sealed class SmokeTests
{
    [Fact]
    public void Gradient_of_a_broadcast_expression_is_exact()
    {
        Tensor x = Tensor.From(new[,] { { 1.0, 2, 3 }, { 4, 5, 6 } });
        Tensor b = Tensor.From(new[] { 0.5, -1, 2 }).AsVariable();
        Tensor y = ((x * b).Exp().Sum(1) + 2.0).Log().Sum();
        Tensor g = Gradient.Of(y, [b])[0];
        Assert.Equal([3], g.Shape);
        double[] bs = [0.5, -1, 2];
        double F(double[] v)
        {
            double total = 0;
            double[,] m = { { 1.0, 2, 3 }, { 4, 5, 6 } };
            for (int i = 0; i < 2; i++)
            {
                double s = 2;
                for (int j = 0; j < 3; j++)
                {
                    s += Math.Exp(m[i, j] * v[j]);
                }
                total += Math.Log(s);
            }
            return total;
        }
        for (int j = 0; j < 3; j++)
        {
            double[] up = [.. bs], down = [.. bs];
            up[j] += 1e-6;
            down[j] -= 1e-6;
            Assert.Equal((F(up) - F(down)) / 2e-6, g.ToArray<double>()[j], 6);
        }
    }

    [Fact]
    public void Convolution_flows_gradients_through_channels_last_storage()
    {
        Tensor x = Tensor.Ones(2, 3, 5, 5).AsVariable();
        Tensor w = Tensor.Full([4, 3, 3, 3], 0.1).AsVariable();
        Tensor y = x.Conv2d(w, padding: 1).Relu();
        Assert.Equal([2, 4, 5, 5], y.Shape);
        Tensor[] g = Gradient.Of((y.Reshape(2, -1).Square().Sum(1)).Sum(), [x, w]);
        Assert.Equal([2, 3, 5, 5], g[0].Shape);
        Assert.Equal([4, 3, 3, 3], g[1].Shape);
        Assert.True(g[1].IsFinite().All());
    }

    [Fact]
    public void A_tensor_used_past_its_scope_is_refused()
    {
        Tensor stale;
        using (StepScope.Begin())
        {
            stale = Tensor.Ones(3) + 1.0;
        }
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => stale.First());
        Assert.Contains("Keep()", error.Message);
    }
}

file static class Reading
{
    public static double First(this Tensor x) => x.ToArray<float>()[0];
}
