namespace Pyrite;

public sealed class DistributionTests
{
    private static readonly RandomKey Key = RandomKey.FromSeed(5);

    [Fact]
    public void Draws_have_sample_batch_and_event_shape()
    {
        Distribution distribution = new Normal(Tensor.Zeros(3, 1, 2), Tensor.Ones(4, 1)).ToEvent(1);
        Assert.Equal([3, 4], distribution.BatchShape);
        Assert.Equal([2], distribution.EventShape);
        Tensor draws = distribution.Sample(Key, [7]);
        Assert.Equal([7, 3, 4, 2], draws.Shape);
        Assert.Equal([7, 3, 4], distribution.LogProb(draws).Shape);
    }

    [Fact]
    public void The_same_key_gives_the_same_draw_and_others_do_not()
    {
        Distribution gamma = new Gamma(Tensor.Full([100], 0.7), 1.0);
        Assert.Equal(gamma.Sample(Key).ToArray<float>(), gamma.Sample(Key).ToArray<float>());
        Assert.NotEqual(gamma.Sample(Key).ToArray<float>(), gamma.Sample(RandomKey.FromSeed(6)).ToArray<float>());
    }

    [Fact]
    public void Expanding_draws_independently_and_scores_alike()
    {
        Normal one = new(Tensor.Zeros(3, 1), 1.0);
        Distribution wide = one.Expand([2, 3, 4]);
        float[] draws = wide.Sample(Key).ToArray<float>();
        Assert.Equal(24, draws.Distinct().Count());
        Tensor value = RandomKey.FromSeed(9).Normal([2, 3, 4]);
        Assert.Equal(one.LogProb(value).ToArray<float>(), wide.LogProb(value).ToArray<float>());
        Assert.Equal([2, 3, 4], wide.LogProb(0.5).Shape);
        Assert.Throws<ArgumentException>(() => one.Expand([2, 2, 4]));
    }

    [Fact]
    public void Event_axes_sum_scores_in_one_step_or_several()
    {
        Normal normal = new(Tensor.Zeros(2, 3, 4), 2.0);
        Tensor value = Key.Normal([2, 3, 4], DType.Float64);
        double[] want = normal.LogProb(value).Sum([1, 2]).ToArray<double>();
        Assert.Equal(want, normal.ToEvent(2).LogProb(value).ToArray<double>(), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal(want, normal.ToEvent(1).ToEvent(1).LogProb(value).ToArray<double>(), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal(Shape.Scalar, normal.ToEvent().BatchShape);
        Assert.Throws<ArgumentOutOfRangeException>(() => normal.ToEvent(4));
    }

    [Fact]
    public void Masked_values_may_be_anything_and_carry_no_gradient()
    {
        Tensor scale = Tensor.From([1.0, 1, 1]).AsVariable();
        Distribution masked = new HalfNormal(scale).Mask(Tensor.From([true, false, false]));
        Tensor score = masked.LogProb(Tensor.From([1.0, -3, double.NaN]));
        Assert.Equal([0, 0], score.ToArray<double>()[1..]);
        Assert.Equal([0, 0], Gradient.Of(score.Sum(), [scale])[0].ToArray<double>()[1..]);
        Assert.Equal(0, new Normal(0, 1).Mask(false).LogProb(5).Item());
    }

    [Fact]
    public void Discrete_draws_are_not_tracked_and_reparameterized_ones_are()
    {
        Tensor rate = Tensor.From([3.0]).AsVariable();
        Assert.False(new Poisson(rate).Sample(Key).RequiresGradient);
        Assert.True(new Gamma(rate, 1.0).Sample(Key).RequiresGradient);
    }

    [Fact]
    public void Numbers_keep_double_precision_and_take_the_type_of_tensors()
    {
        Assert.Equal(-0.5 * 0.01 - Math.Log(10) - (0.5 * Math.Log(2 * Math.PI)), new Normal(0, 10).LogProb(1.0).Item(), 1e-15);
        Assert.Equal(DType.Float64, new Normal(0, 10).LogProb(Tensor.From([1.0])).DType);
        Assert.Equal(DType.Float32, new Normal(0, 10).Sample(Key).DType);
        Assert.Equal(DType.Float64, new Normal(Tensor.From([1.0]), 10).Sample(Key).DType);
    }

    [Fact]
    public void Transformed_densities_integrate_over_the_image()
    {
        TransformedDistribution image = new(new Exponential(2.0, validate: false), new AffineTransform(3, -2));
        Assert.Equal(double.NegativeInfinity, image.LogProb(Tensor.From([4.0])).Item());
        Assert.Equal(new Exponential(2.0).SurvivalFunction(1.0).Item(), image.Cdf(1.0).Item(), 1e-12);
    }

    [Fact]
    public void Censored_values_score_the_mass_beyond_the_limit()
    {
        Censored censored = new(new Normal(0, 1), low: -1, high: 2);
        Tensor score = censored.LogProb(Tensor.From([-1.0, 0.5, 2.0]));
        Assert.Equal(new Normal(0, 1).Cdf(-1.0).Item(), Math.Exp(score.ToArray<double>()[0]), 1e-12);
        Assert.Equal(new Normal(0, 1).LogProb(0.5).Item(), score.ToArray<double>()[1], 1e-12);
        Assert.Equal(new Normal(0, 1).SurvivalFunction(2.0).Item(), Math.Exp(score.ToArray<double>()[2]), 1e-12);
    }

    [Fact]
    public void An_improper_prior_scores_zero_inside_and_cannot_be_drawn()
    {
        ImproperUniform flat = new(Constraints.Positive, eventShape: [2]);
        Assert.Equal(0, flat.LogProb(Tensor.From([1.0, 2.0])).Item());
        Assert.Throws<ArgumentException>(() => flat.LogProb(Tensor.From([1.0, -2.0])));
        Assert.Throws<NotSupportedException>(() => flat.Sample(Key));
    }

    [Fact]
    public void Whole_numbers_are_scored_by_families_of_reals()
    {
        Tensor counts = Tensor.From([0L, 2, 7]);
        Assert.Equal(new Uniform(-1.0, 5.0, validate: false).LogProb(Tensor.From([0.0, 2, 7])).ToArray<double>(),
            new Uniform(-1.0, 5.0, validate: false).LogProb(counts).ToArray<double>(), (a, b) => a == b || Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void Mixtures_of_reals_move_with_their_weights_and_components()
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        Tensor logits = Tensor.From([0.2, -0.3]).AsVariable();
        Tensor loc = Tensor.From([-1.0, 2.0]).AsVariable();
        MixtureSameFamily mixture = new(new Categorical(logits: logits), new Normal(loc, 0.5));
        double[] draws = mixture.Sample(Key, [20_000]).ToArray<double>();
        double[] slopes = Gradient.Of(mixture.Sample(Key, [20_000]).Mean(), [logits, loc]).SelectMany(g => g.ToArray<double>()).ToArray();
        double[] want = Gradient.Of(mixture.Mean, [logits, loc]).SelectMany(g => g.ToArray<double>()).ToArray();
        Assert.Equal(20_000, draws.Length);
        Assert.All(Enumerable.Range(0, 4), i => Assert.Equal(want[i], slopes[i], 0.05));
    }
}
