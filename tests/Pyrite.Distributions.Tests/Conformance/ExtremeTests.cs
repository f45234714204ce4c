using Pyrite.Testing;



namespace Pyrite.Conformance;

/// <summary>Scores far out, at tiny probabilities, large counts and extreme shapes, and the edges of supports.</summary>
public sealed class ExtremeTests
{
    public static TheoryData<string> Reals => [.. RealFamilies.All.Keys];

    public static TheoryData<string> Counts => [.. CountFamilies.All.Keys];

    [Theory, MemberData(nameof(Reals))]
    public void Ends_of_the_support_are_no_nan_and_hold_all_or_nothing(string name)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        Distribution distribution = RealFamilies.All[name].Make(validate: false);
        double low = distribution.Support.LowerEnd?.Item() ?? double.NegativeInfinity;
        double high = distribution.Support.UpperEnd?.Item() ?? double.PositiveInfinity;
        foreach (double end in new[] { low, high, double.NegativeInfinity, double.PositiveInfinity })
        {
            double score = distribution.LogProb(Tensor.From([end])).Item();
            Assert.False(double.IsNaN(score) && !distribution.Support.IsEverything, $"{name}: the score at {end} is NaN");
            bool below = end <= low;
            Assert.Equal(below ? 0 : 1, distribution.Cdf(Tensor.From([end])).Item(), 1e-12);
            Assert.Equal(below ? 1 : 0, distribution.SurvivalFunction(Tensor.From([end])).Item(), 1e-12);
        }
        double[] ends = [distribution.InverseCdf(Tensor.From([0.0])).Item(), distribution.InverseCdf(Tensor.From([1.0])).Item()];
        if (!name.StartsWith("VonMises", StringComparison.Ordinal))
        {
            Assert.Equal(low, ends[0]);
            Assert.Equal(high, ends[1]);
        }
    }

    [Theory, MemberData(nameof(Reals))]
    public void Values_of_chance_1e_300_have_finite_scores_and_gradients(string name)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        Family family = RealFamilies.All[name];
        Tensor[] variables = [.. family.Parameters.Select(p => p.AsVariable())];
        Distribution distribution = family.MakeFrom(variables, false);
        foreach (Tensor far in new[] { family.Make().InverseCdf(Tensor.From([1e-300])),
            family.Make().InverseSurvivalFunction(Tensor.From([1e-300])) })
        {
            Tensor score = distribution.LogProb(far.Detach());
            bool atEnd =
                double.IsInfinity(far.Item()) || far.Item() == (distribution.Support.LowerEnd?.Item() ?? double.NaN)
                    || far.Item() == (distribution.Support.UpperEnd?.Item() ?? double.NaN);
            Assert.True(!double.IsNaN(score.Item()) && (atEnd || double.IsFinite(score.Item())), $"{name}: {score.Item()} at {far.Item()}");
            Assert.All(Gradient.Of(score.Sum(), variables),
                g => Assert.True(atEnd || double.IsFinite(g.Item()), $"{name}: gradient {g.Item()} at {far.Item()}"));
        }
    }

    [Theory, MemberData(nameof(Counts))]
    public void Impossible_counts_score_minus_infinity(string name)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        Distribution distribution = CountFamilies.All[name].Make(validate: false);
        foreach (double impossible in new[] { -7.0, 0.5, double.NegativeInfinity, double.PositiveInfinity })
        {
            double score = distribution.LogProb(Tensor.From([impossible])).Item();
            Assert.True(double.IsNegativeInfinity(score) || (name.StartsWith("Bernoulli", StringComparison.Ordinal) && !double.IsNaN(score)),
                $"{name}: {score} at {impossible}");
        }
        Assert.Equal(0, distribution.Cdf(Tensor.From([-8.0])).Item());
        Assert.Equal(1, distribution.SurvivalFunction(Tensor.From([-8.0])).Item(), 1e-12);
    }

    [Fact]
    public void Large_counts_follow_stirling()
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        const double n = 1e6;
        double poisson = (-0.5 * Math.Log(2 * Math.PI * n)) - (1 / (12 * n));
        Assert.Equal(poisson, new Poisson(n).LogProb(Tensor.From([n])).Item(), 1e-9);
        double half = -0.5 * Math.Log(0.5 * Math.PI * n);
        Assert.Equal(half - (1 / (4 * n)), new Binomial(n, 0.5).LogProb(Tensor.From([n / 2])).Item(), 1e-9);
        Assert.Equal(0.5 * Math.Log(2 * Math.PI * Math.E * n), new Poisson(n).Entropy().Item(), 1e-6);
    }

    [Fact]
    public void Tiny_probabilities_keep_their_logarithms()
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        double log = Math.Log(1e-300);
        Assert.Equal(log, new Bernoulli(1e-300).LogProb(Tensor.From([1.0])).Item(), 1e-9);
        Assert.Equal(log, new Geometric(1e-300).LogProb(Tensor.From([0.0])).Item(), 1e-9);
        Assert.Equal(log + Math.Log(10), new Binomial(10, 1e-300).LogProb(Tensor.From([1.0])).Item(), 1e-9);
        Assert.Equal(log, new Categorical(Tensor.From([1e-300, 1.0])).LogProb(Tensor.From([0.0])).Item(), 1e-9);
        Assert.Equal(-800.0, new Bernoulli(logits: -800.0).LogProb(Tensor.From([1.0])).Item(), 1e-9);
        Assert.Equal(3 * -800.0, new Poisson(logRate: -800.0).LogProb(Tensor.From([3.0])).Item() + Math.Log(6), 1e-9);
    }

    [Theory, InlineData(1e-4), InlineData(1e6)]
    public void Extreme_shapes_draw_and_score_without_nan(double shape)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        Tensor concentration = Tensor.Full(Shape.Scalar, shape).AsVariable();
        Distribution[] families =
        [
            new Gamma(concentration, 1.0), new InverseGamma(concentration, 1.0), new Beta(concentration, concentration), new Beta(concentration, 2.0),
            new Chi2(concentration),
            new StudentT(concentration), new FisherSnedecor(concentration, concentration),
            new Dirichlet(concentration.Unsqueeze(-1) * Tensor.Ones([3], DType.Float64)),
            new NegativeBinomial(concentration, 0.3), new Weibull(1.0, concentration), new VonMises(0.0, concentration),
        ];
        foreach (Distribution family in families)
        {
            Tensor draws = family.Sample(RandomKey.FromSeed(61), [500]);
            Assert.All(draws.ToArray<double>(), x => Assert.False(double.IsNaN(x), $"{family.Name}: a draw is NaN"));
            Tensor scores = family.LogProb(draws.Detach());
            Assert.All(scores.ToArray<double>(), s => Assert.False(double.IsNaN(s), $"{family.Name}: a score is NaN"));
        }
    }

    [Fact]
    public void Truncation_far_out_and_quantiles_there_are_those_of_the_tail()
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        Tensor p = Tensor.From([0.1, 0.5, 0.9]);
        Truncated far = new(new Exponential(1.0), 500.0);
        Close.Assert((far.InverseCdf(p) - 500).ToArray<double>(), (-(-p).Log1p()).ToArray<double>(), 1e-9, 0, "exponential");
        TruncatedCauchy tail = new(0.0, 1.0, 1e9, 3e9);
        double[] want = [.. p.ToArray<double>().Select(q => 1 / ((1 - q) / 1e9 + (q / 3e9)))];
        Close.Assert(tail.InverseCdf(p).ToArray<double>(), want, 1e-12, 0, "cauchy");
        Close.Assert(tail.Cdf(tail.InverseCdf(p)).ToArray<double>(), p.ToArray<double>(), 1e-12, 0, "cauchy there and back");
        Truncated gaussian = new(new Normal(0.0, 1.0), 40.0, 41.0);
        Close.Assert(gaussian.InverseCdf(p).ToArray<double>(), new TruncatedNormal(0.0, 1.0, 40.0, 41.0).InverseCdf(p).ToArray<double>(), 1e-9, 0,
            "gaussian");
    }

    [Fact]
    public void One_sided_truncation_has_gradients_in_scores_draws_and_quantiles()
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        Tensor[] point = [Tensor.Full(Shape.Scalar, 0.4), Tensor.Full(Shape.Scalar, 1.3)];
        Tensor value = Tensor.From([0.3, 2.0]);
        Tensor p = Tensor.From([0.2, 0.9]);
        foreach (Func<Tensor[], Distribution> make in new Func<Tensor[], Distribution>[]
        {
            q => new Truncated(new Normal(q[0], q[1]), 0.1), q => new Truncated(new Normal(q[0], q[1]), null, 2.5),
            q => new Truncated(new Gamma(q[0], q[1]), 0.0, 2.5),
            q => new Truncated(new Exponential(q[0] * q[1]), 0.0, 2.5), q => new TruncatedCauchy(q[0], q[1], 0.1),
            q => new Truncated(new StudentT(q[1], q[0]), 0.1),
        })
        {
            GradientCheck.Verify(q => make(q).LogProb(value).Sum(), point, 1e-5, 1e-6);
            GradientCheck.Verify(q => make(q).InverseCdf(p).Sum(), point, 1e-5, 1e-6);
            GradientCheck.Verify(q => make(q).Sample(RandomKey.FromSeed(3), [5]).Sum(), point, 1e-5, 1e-6);
        }
    }

    [Fact]
    public void Logarithms_of_gamma_tails_go_on_where_the_probabilities_underflow()
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        Gamma gamma = new(3.0, 2.0);
        Assert.Equal(-4000 + Math.Log((4000.0 * 4000 / 2) + 4000 + 1), gamma.LogSurvivalFunction(2000.0).Item(), 1e-9);
        Assert.Equal((3 * Math.Log(2e-150)) - Math.Log(6), gamma.LogCdf(1e-150).Item(), 1e-9);
        double[] point = [3.0, 2000.0];
        GradientCheck.Verify(p => new Gamma(p[0], 2.0).LogSurvivalFunction(p[1]).Sum(), [.. point.Select(x => Tensor.Full(Shape.Scalar, x))], 1e-5,
            1e-6);
    }

    [Fact]
    public void Logarithms_of_beta_tails_go_on_where_the_probabilities_underflow()
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        Assert.Equal(50 * Math.Log(1e-20) - (new Beta(50.0, 1.0).LogProb(0.5).Item() - Math.Log(50) - (49 * Math.Log(0.5))),
            new Beta(50.0, 1.0).LogCdf(1e-20).Item(), 1e-9);
        Assert.Equal(1e6 * Math.Log(0.5), new Binomial(1e6, 0.5).LogCdf(0.0).Item(), 1e-6);
        Assert.Equal(1e6 * Math.Log(0.5), new Binomial(1e6, 0.5).LogSurvivalFunction(1e6 - 1).Item(), 1e-6);
        Assert.Equal(-1e6 * 0.3, new Geometric(-Math.Exp(-0.3) + 1).LogSurvivalFunction(1e6 - 1).Item(), 1e-6);
        Tensor[] point = [Tensor.Full(Shape.Scalar, 50.0), Tensor.Full(Shape.Scalar, 3.0), Tensor.Full(Shape.Scalar, 0.5)];
        GradientCheck.Verify(p => new Beta(p[0], p[1]).LogCdf(p[2] * 1e-12).Sum(), point, 1e-5, 1e-6);
        GradientCheck.Verify(p => new Beta(p[1], p[0]).LogSurvivalFunction(1 - (0.01 * p[2])).Sum(), point, 1e-5, 1e-6);
    }
}
