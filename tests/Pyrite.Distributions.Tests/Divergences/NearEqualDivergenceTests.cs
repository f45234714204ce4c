namespace Pyrite.Divergences;

/// <summary>Divergences of a distribution from itself and from its near neighbours, which differences of near-equal numbers would spoil.</summary>
public sealed class NearEqualDivergenceTests
{
    private static readonly Dictionary<string, (double[] Parameters, Func<Tensor[], Distribution> Make)> Members = new()
    {
        ["Normal"] = ([1, 2], p => new Normal(p[0], p[1])),
        ["LogNormal"] = ([1, 2], p => new LogNormal(p[0], p[1])),
        ["HalfNormal"] = ([2], p => new HalfNormal(p[0])),
        ["Gamma"] = ([2.5, 3], p => new Gamma(p[0], p[1])),
        ["Gamma of a large shape"] = ([1e6, 3], p => new Gamma(p[0], p[1])),
        ["InverseGamma"] = ([2.5, 3], p => new InverseGamma(p[0], p[1])),
        ["Beta"] = ([2.5, 3], p => new Beta(p[0], p[1])),
        ["Exponential"] = ([2.5], p => new Exponential(p[0])),
        ["Laplace"] = ([1, 2.5], p => new Laplace(p[0], p[1])),
        ["Cauchy"] = ([1, 2.5], p => new Cauchy(p[0], p[1])),
        ["Gumbel"] = ([1, 2.5], p => new Gumbel(p[0], p[1])),
        ["Weibull"] = ([1, 2.5], p => new Weibull(p[0], p[1])),
        ["VonMises"] = ([1, 2.5], p => new VonMises(p[0], p[1])),
        ["VonMises of a large concentration"] = ([1, 2.5e9], p => new VonMises(p[0], p[1])),
        ["ContinuousBernoulli"] = ([1.5], p => new ContinuousBernoulli(logits: p[0])),
        ["Poisson"] = ([3.5], p => new Poisson(p[0])),
        ["Bernoulli"] = ([0.35], p => new Bernoulli(p[0])),
        ["Bernoulli of log-odds"] = ([0.35], p => new Bernoulli(logits: p[0])),
        ["Binomial"] = ([0.35], p => new Binomial(10, p[0])),
        ["Geometric"] = ([0.35], p => new Geometric(p[0])),
        ["NegativeBinomial"] = ([0.35], p => new NegativeBinomial(3, p[0])),
        ["Categorical"] = ([0.2, 0.5], p => new Categorical(Tensor.Stack([p[0], p[1], 1 - p[0]], -1))),
        ["Categorical of log-odds"] = ([0.2, -0.5, 0.3], p => new Categorical(logits: Tensor.Stack(p, -1))),
        ["OneHotCategorical"] = ([0.2, -0.5, 0.3], p => new OneHotCategorical(logits: Tensor.Stack(p, -1))),
        ["Dirichlet"] = ([0.35, 4, 1], p => new Dirichlet(Tensor.Stack(p, -1))),
        ["GaussianRandomWalk"] = ([1.5], p => new GaussianRandomWalk(p[0], 4)),
        ["ZeroSumNormal"] = ([1.5], p => new ZeroSumNormal(p[0], 4)),
        ["MultivariateNormal"] =
            ([0.5, 1.2, 0.4, 2], p => new MultivariateNormal(Tensor.Stack([p[0], p[0]], -1), scaleTril: Factor(p[1], p[2], p[3]))),
    };

    public static TheoryData<string> Names => [.. Members.Keys];

    [Theory, MemberData(nameof(Names))]
    public void A_distribution_does_not_diverge_from_itself_and_the_gradient_is_zero(string name)
    {
        foreach (DType type in new[] { DType.Float64, DType.Float32 })
        {
            (double divergence, double[] gradients) = At(name, 0, type);
            Assert.Equal(0, divergence);
            Assert.All(gradients, gradient => Assert.Equal(0, gradient, 1e-12));
        }
    }

    /// <summary>By Taylor's formula the divergence of parameters that differ by a share h is h² times a constant, half of Fisher's information, but
    /// for a relative error of order h.</summary>
    [Theory, MemberData(nameof(Names))]
    public void Near_neighbours_diverge_with_the_square_of_their_distance(string name)
    {
        double coarse = At(name, 1e-3, DType.Float64).Divergence / 1e-6;
        double fine = At(name, 1e-5, DType.Float64).Divergence / 1e-10;
        double finest = At(name, 1e-7, DType.Float64).Divergence / 1e-14;
        Assert.True(coarse > 0 && Math.Abs(coarse - fine) < 0.02 * coarse, $"{name}: {coarse:R} and {fine:R}");
        // In 1 + 1e-7 the last digits of the parameters themselves are worth 1e-9 of their difference, and more for sharp distributions.
        Assert.True(Math.Abs(fine - finest) < 1e-4 * fine, $"{name}: {fine:R} and {finest:R}");
        Assert.Equal(coarse, At(name, 1e-3, DType.Float32).Divergence / 1e-6, 2e-3 * coarse);
    }

    /// <summary>KL(p || q) of coins is p log(p / q) + (1 - p) log((1 - p) / (1 - q)).</summary>
    [Theory, InlineData(0, 0.5, 0.6931471805599453, double.NegativeInfinity, 2), InlineData(1, 0.5, 0.6931471805599453, double.PositiveInfinity, -2)]
    [InlineData(0.25, 0.25, 0, 0, 0), InlineData(0, 1, double.PositiveInfinity, double.NegativeInfinity, double.PositiveInfinity),
        InlineData(0, 0, 0, 0, 1), InlineData(1, 1, 0, 0, -1)]
    public void Certain_coins_have_limits_as_gradients(double first, double second, double divergence, double byFirst, double bySecond)
    {
        Tensor p = Tensor.From([first]).AsVariable();
        Tensor q = Tensor.From([second]).AsVariable();
        Tensor result = KullbackLeibler.Divergence(new Bernoulli(p), new Bernoulli(q));
        Tensor[] gradients = Gradient.Of(result.Sum(), [p, q]);
        Assert.Equal(divergence, result.Item(), 1e-15);
        Assert.Equal(byFirst, gradients[0].Item());
        Assert.Equal(bySecond, gradients[1].Item(), 1e-14);
    }

    [Fact]
    public void Categories_of_chance_zero_have_numbers_as_gradients()
    {
        Tensor p = Tensor.From([0.5, 0.5, 0]).AsVariable();
        Tensor q = Tensor.From([0.2, 0.3, 0.5]).AsVariable();
        Tensor result = KullbackLeibler.Divergence(new Categorical(p), new Categorical(q));
        Assert.Equal((0.5 * Math.Log(0.5 / 0.2)) + (0.5 * Math.Log(0.5 / 0.3)), result.Item(), 1e-14);
        Tensor[] gradients = Gradient.Of(result, [p, q]);
        double mean = result.Item();
        Assert.Equal(Math.Log(0.5 / 0.2) - mean, gradients[0][0].Item(), 1e-14);
        Assert.True(gradients[0][2].Item() < -700);
        Assert.Equal(1 - (0.5 / 0.2), gradients[1][0].Item(), 1e-14);
        Assert.Equal(1, gradients[1][2].Item(), 1e-14);
        // An underflowed softmax: its slope of 0 meets no infinity.
        Tensor logits = Tensor.From([0.0, 0, -2000]).AsVariable();
        Tensor soft = KullbackLeibler.Divergence(new Categorical(logits.Softmax(-1)), new Categorical(q));
        Assert.All(Gradient.Of(soft, [logits])[0].ToArray<double>(), gradient => Assert.False(double.IsNaN(gradient)));
    }

    private static (double Divergence, double[] Gradients) At(string name, double step, DType type)
    {
        (double[] parameters, Func<Tensor[], Distribution> make) = Members[name];
        Tensor[] first = [.. parameters.Select(x => Tensor.Full(Shape.Scalar, x, type).AsVariable())];
        Tensor[] second = [.. parameters.Select(x => Tensor.Full(Shape.Scalar, (float)x * (1 + step), type).AsVariable())];
        if (type == DType.Float64)
        {
            second = [.. parameters.Select(x => Tensor.Full(Shape.Scalar, x * (1 + step), type).AsVariable())];
        }
        Tensor divergence = KullbackLeibler.Divergence(make(first), make(second));
        return (divergence.Item(), [.. Gradient.Of(divergence, [.. first, .. second]).Select(gradient => gradient.Item())]);
    }

    private static Tensor Factor(Tensor a, Tensor b, Tensor c) => Tensor.Stack([Tensor.Stack([a, 0 * a], -1), Tensor.Stack([b, c], -1)], -2);
}
