using Pyrite.Functions.Special;
using Pyrite.Testing;


namespace Pyrite.Functions;

/// <summary>Gradients of gradients of distribution functions and of implicit draws against differences of first gradients.</summary>
public sealed class SecondDerivativeTests
{
    [Theory, InlineData(0.3, 0.2), InlineData(0.8, 1.4), InlineData(2.5, 1.0), InlineData(2.5, 6.0), InlineData(40, 38.0), InlineData(40, 45.0)]
    public void The_gamma_distribution_function_can_be_differentiated_twice(double shape, double x) =>
        Verify(p => p[0].GammaLower(p[1]), shape, x);

    [Theory, InlineData(0.3, 0.2), InlineData(2.5, 1.0), InlineData(2.5, 6.0)]
    public void Logarithms_of_gamma_tails_can_be_differentiated_twice(double shape, double x)
    {
        Verify(p => p[0].LogGammaLower(p[1]), shape, x);
        Verify(p => p[0].LogGammaUpper(p[1]), shape, x);
    }

    [Theory, InlineData(0.3, 0.6, 0.2), InlineData(2.5, 1.5, 0.9), InlineData(2.5, 4.0, 0.3), InlineData(30, 20, 0.61)]
    public void The_beta_distribution_function_can_be_differentiated_twice(double a, double b, double x) =>
        Verify(p => Tensor.BetaLower(p[0], p[1], p[2]), a, b, x);

    [Theory, InlineData(0.3, 0.6, 0.2), InlineData(2.5, 1.5, 0.9)]
    public void Logarithms_of_beta_tails_can_be_differentiated_twice(double a, double b, double odds) =>
        Verify(p => Tensor.LogBetaOdds(p[0], p[1], p[2]), a, b, odds);

    [Theory, InlineData(3.5, 1.2), InlineData(0.8, -0.4), InlineData(30, 2.0)]
    public void The_student_distribution_function_can_be_differentiated_twice(double df, double x) =>
        Verify(p => new StudentT(p[0]).Cdf(p[1]), df, x);

    [Theory, InlineData(0.4, 0.5, 1.0), InlineData(0.4, 3.0, -2.0), InlineData(-1.0, 8.0, -0.8), InlineData(-2.5, 0.9, 2.0),
        InlineData(2.5, 0.9, -2.0)]
    public void The_von_mises_distribution_function_can_be_differentiated_twice(double loc, double concentration, double x) =>
        Verify(p => new VonMises(p[0], p[1]).Cdf(p[2]), loc, concentration, x);

    [Theory, InlineData(0.4, 0.5, 0.3), InlineData(0.4, 3.0, 0.02), InlineData(-1.0, 8.0, 0.7)]
    public void Von_mises_quantiles_can_be_differentiated_twice(double loc, double concentration, double x) =>
        Verify(p => new VonMises(p[0], p[1]).InverseCdf(p[2]), loc, concentration, x);

    [Fact]
    public void Quantiles_of_gamma_and_beta_can_be_differentiated_twice()
    {
        Verify(p => new Gamma(p[0], p[1]).InverseCdf(p[2]), 2.5, 1.3, 0.4);
        Verify(p => new Beta(p[0], p[1]).InverseCdf(p[2]), 2.5, 1.3, 0.4);
    }

    [Fact]
    public void Implicit_draws_can_be_differentiated_twice()
    {
        RandomKey key = RandomKey.FromSeed(4);
        VerifyDraws(p => new Gamma(p[0], p[1]), key, 2.5, 1.3);
        VerifyDraws(p => new Gamma(p[0], p[1]), key, 0.2, 1.3);
    }

    private static void Verify(Func<Tensor[], Tensor> function, params double[] point)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        Tensor[] inputs = [.. point.Select(x => Tensor.Full(Shape.Scalar, x))];
        GradientCheck.Verify(p => function(p).Sum(), inputs, 1e-5, 1e-7);
        for (int i = 0; i < point.Length; i++)
        {
            int chosen = i;
            GradientCheck.Verify(p => Gradient.Of(q => function(q).Sum(), p)[chosen], inputs, 1e-5, 1e-6);
        }
    }

    /// <summary>A draw moves along its quantile function: dx/da must agree with it, and so must the derivative of that slope.</summary>
    private static void VerifyDraws(Func<Tensor[], Distribution> make, RandomKey key, params double[] point)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        Tensor[] inputs = [.. point.Select(x => Tensor.Full(Shape.Scalar, x).AsVariable())];
        Tensor draw = make(inputs).Sample(key);
        Tensor probability = make(inputs).Cdf(draw).Detach();
        Tensor quantile = make(inputs).InverseCdf(probability);
        for (int i = 0; i < point.Length; i++)
        {
            Tensor first = Gradient.Of(draw, inputs, createGraph: true)[i];
            Tensor want = Gradient.Of(quantile, inputs, createGraph: true)[i];
            Close.Assert(first.Item(), want.Item(), 1e-8, 1e-9, "first");
            Close.Assert(
                [.. Gradient.Of(first, inputs).Select(g => g.Item())],
                [.. Gradient.Of(want, inputs).Select(g => g.Item())], 1e-7, 1e-7, "second");
        }
    }
}
