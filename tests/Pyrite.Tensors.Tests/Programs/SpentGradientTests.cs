namespace Pyrite.Tests;

/// <summary>The first run of a step gives the memory of large inner gradients back as soon as nothing waits for them.</summary>
public sealed class SpentGradientTests
{
    private const int Large = 64 * 1024;

    [Fact]
    public void A_long_chain_of_large_gradients_takes_the_room_of_a_few()
    {
        const int Links = 40;
        Tensor x = RandomKey.FromSeed(1).Normal([Large]).AsVariable();
        using StepScope scope = StepScope.Begin();
        Tensor y = x;
        for (int i = 0; i < Links; i++)
        {
            y = y.Tanh();
            y.Materialize();   // what was read is never given back, so that gradients are all that comes and goes
        }
        Tensor sum = y.Sum();
        sum.Materialize();
        long before = scope.RentedBytes;
        Gradient.Of(sum, [x])[0].Materialize();

        // Every link's rule makes large results of its own.
        Assert.InRange(scope.RentedBytes - before, Large * sizeof(float), 6 * Large * sizeof(float));
    }

    [Fact]
    public void A_gradient_that_somebody_kept_is_there_all_the_same()
    {
        for (int step = 0; step < 4; step++)
        {
            using StepScope scope = StepScope.Begin();
            Tensor x = RandomKey.FromSeed(7).Normal([Large]).AsVariable();
            List<Tensor> kept = [];
            Tensor y = Watched(x.Exp() * 0.5, kept).Square().Sum();
            Tensor gradient = Gradient.Of(y, [x])[0];

            double[] expected = (2 * (x.Detach().Exp() * 0.5)).ToArray<double>();
            Assert.Equal((x.Detach().Exp() * (0.5 * (x.Detach().Exp() * 0.5) * 2)).ToArray<double>().Take(5), gradient.ToArray<double>().Take(5),
                (a, b) => Math.Abs(a - b) <= 1e-5 * Math.Abs(a));
            Assert.All(kept, one => Assert.Equal(expected, one.Reshape(-1).ToArray<double>()));
            Assert.Equal(3, kept.Count);
        }
    }

    [Fact]
    public void Gradients_of_gradients_keep_what_they_read()
    {
        Tensor x = RandomKey.FromSeed(3).Uniform([Large]);
        double[] Second()
        {
            Tensor variable = x.AsVariable();
            Tensor first = Gradient.Of(variable.Sin().Square().Sum(), [variable], createGraph: true)[0];
            return Gradient.Of((first * first).Sum(), [variable])[0].ToArray<double>();
        }
        double[] expected = Second();
        for (int step = 0; step < 3; step++)
        {
            using StepScope scope = StepScope.Begin();
            Assert.Equal(expected, Second());
        }
    }

    /// <summary>The tensor itself, with a rule that keeps what it is given, views and detached copies of it.</summary>
    private static Tensor Watched(Tensor x, List<Tensor> kept) => CustomGradient.Apply(
        given => given[0] * 1,
        (_, _, upstream) =>
        {
            kept.AddRange([upstream, upstream.Detach(), upstream.Reshape(2, -1)]);
            return [upstream];
        },
        x);
}
