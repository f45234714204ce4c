namespace Pyrite.Neural.Tests.Optimizers;

public sealed class AdamTests
{
    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 0.01)]
    public void The_fused_pass_equals_a_plain_loop_to_the_bit(bool amsGrad, double weightDecay)
    {
        int[] sizes = [1, 7, 40_000, 16];        // a long one that is cut into pieces, short ones between
        RandomKey key = RandomKey.FromSeed(1);
        Parameter[] parameters = [.. sizes.Select((size, i) => new Parameter(key.Child(i).Normal([size])))];
        float[][] plain = [.. parameters.Select(parameter => parameter.Value.ToArray<float>())];
        float[][] m = [.. sizes.Select(size => new float[size])], v = [.. sizes.Select(size => new float[size])],
            top = [.. sizes.Select(size => new float[size])];
        Adam adam = new(1e-2, weightDecay: weightDecay, amsGrad: amsGrad);
        for (int step = 1; step <= 3; step++)
        {
            Tensor[] gradients = [.. sizes.Select((size, i) => key.Child(100 + (10 * step) + i).Normal([size]))];
            adam.Update(parameters, gradients);
            for (int i = 0; i < sizes.Length; i++)
            {
                PlainStep(plain[i], gradients[i].ToArray<float>(), m[i], v[i], top[i], step, weightDecay, amsGrad);
                Assert.Equal(plain[i], parameters[i].Value.ToArray<float>());
            }
        }
    }

    [Fact]
    public void A_steady_step_allocates_nothing()
    {
        Parameter[] parameters = [new(Tensor.Ones(100, 200)), new(Tensor.Ones(30))];
        Tensor[] gradients = [Tensor.Ones(100, 200), Tensor.Ones(30)];
        Adam adam = new(1e-3);
        for (int i = 0; i < 50; i++)
        {
            adam.Update(parameters, gradients);
        }
        Assert.Equal(0, Allocation.Least(() => adam.Update(parameters, gradients)));
    }

    [Fact]
    public void Remembers_across_step_scopes()
    {
        Parameter parameter = new(Tensor.Ones(3));
        Adam adam = new([parameter], 0.1);
        for (int i = 0; i < 3; i++)
        {
            using StepScope scope = StepScope.Begin();
            adam.Step((parameter.Value * parameter).Sum());
        }
        Assert.Equal(3, adam.StepCount);
        Assert.All(parameter.Value.ToArray<float>(), value => Assert.InRange(value, 0.65f, 0.75f));
    }

    [Theory]
    [InlineData(-1e-3, 0.9, 0.999, 1e-8, "learningRate")]
    [InlineData(double.NaN, 0.9, 0.999, 1e-8, "learningRate")]
    [InlineData(1e-3, 1, 0.999, 1e-8, "beta1")]
    [InlineData(1e-3, 0.9, -0.1, 1e-8, "beta2")]
    [InlineData(1e-3, 0.9, 0.999, -1, "epsilon")]
    public void Refuses_numbers_out_of_range(double rate, double beta1, double beta2, double epsilon, string name) =>
        Assert.Throws<ArgumentOutOfRangeException>(name, () => new Adam(rate, beta1, beta2, epsilon));

    private static void PlainStep(float[] p, float[] g, float[] m, float[] v, float[] top, int step, double decay, bool amsGrad)
    {
        float stepSize = (float)(1e-2 / (1 - Math.Pow(0.9, step)));
        float correction = (float)Math.Sqrt(1 - Math.Pow(0.999, step));
        for (int i = 0; i < p.Length; i++)
        {
            float gradient = g[i] + ((float)decay * p[i]);
            m[i] += (float)(1 - 0.9) * (gradient - m[i]);
            v[i] = (v[i] * 0.999f) + ((float)(1 - 0.999) * (gradient * gradient));
            top[i] = Math.Max(top[i], v[i]);
            float divisor = (MathF.Sqrt(amsGrad ? top[i] : v[i]) / correction) + 1e-8f;
            p[i] -= stepSize * (m[i] / divisor);
        }
    }
}
