namespace Pyrite;

/// <summary>Gaussian vectors of low-rank covariance whose shared part is far larger than the own one.</summary>
public sealed class LowRankMultivariateNormalTests
{
    /// <summary>The numbers are those of exact arithmetic with rational numbers for the covariance [[90000.00001, 300], [300, 11]].</summary>
    [Fact]
    public void A_row_far_larger_than_its_own_variance_keeps_value_and_gradient()
    {
        Tensor factor = Tensor.From(new double[,] { { 300 }, { 1 } }).AsVariable();
        Tensor diagonal = Tensor.From([1e-5, 10]).AsVariable();
        LowRankMultivariateNormal distribution = new(Tensor.From([0.0, 0]), factor, diagonal);
        Tensor score = distribution.LogProb(Tensor.From([3.0, 1]));
        Assert.Equal(-8.74200708762, score.Item(), 1e-11);
        double[] gradient = Gradient.Of(score, [diagonal])[0].ToArray<double>();
        Assert.Equal(-6.06710555e-6, gradient[0], 1e-8 * 6.1e-6);
        Assert.Equal(-0.0450994999995, gradient[1], 1e-8 * 0.045);
        Assert.Equal(Math.Log(2 * Math.PI * Math.E) + (0.5 * Math.Log((90000.00001 * 11) - 90000)), distribution.Entropy().Item(), 1e-9);
    }

    /// <summary>The numbers are those of the closed form of two variables in 50 digits (mpmath).</summary>
    [Fact]
    public void An_own_variance_of_a_billionth_of_a_thousandth_beside_a_factor_keeps_value_and_gradient()
    {
        Tensor factor = Tensor.From(new double[,] { { 0.7 }, { -0.4 } }).AsVariable();
        Tensor diagonal = Tensor.From([1e-12, 0.9]).AsVariable();
        Tensor score = new LowRankMultivariateNormal(Tensor.From([0.5, -1]), factor, diagonal).LogProb(Tensor.From([0.1, 0.3]));
        Assert.Equal(-2.2295422728061577, score.Item(), 1e-10);
        double[] slopes = [.. Gradient.Of(score, [factor, diagonal]).SelectMany(gradient => gradient.ToArray<double>())];
        double[] want = [-1.3508260447, -0.680272108842, -1.19255865611, 0.15306122449];
        Assert.All(want.Zip(slopes), pair => Assert.Equal(pair.First, pair.Second, 1e-8));
    }

    /// <summary>The oracle is the same density by the full covariance, whose condition is mild here.</summary>
    [Theory, InlineData(1e-5, 10.0, 0.3), InlineData(1e-2, 1e-2, 5), InlineData(1.0, 2, 3)]
    public void Values_and_gradients_are_those_of_the_full_covariance(double first, double second, double third)
    {
        double[,] rows = { { 30, 1 }, { 1, -0.5 }, { 0.2, 2 } };
        Tensor value = Tensor.From(new double[,] { { 3, 1, -1 }, { 0.5, 0.2, 1 } });
        Tensor[] Gradients(Func<Tensor, Tensor, Distribution> make)
        {
            Tensor factor = Tensor.From(rows).AsVariable();
            Tensor diagonal = Tensor.From([first, second, third]).AsVariable();
            Tensor score = make(factor, diagonal).LogProb(value);
            return [score, .. Gradient.Of(score.Sum(), [factor, diagonal])];
        }
        Tensor loc = Tensor.From([0.1, 0, -0.2]);
        Tensor[] got = Gradients((w, d) => new LowRankMultivariateNormal(loc, w, d));
        Tensor[] want = Gradients((w, d) => new MultivariateNormal(loc, covarianceMatrix: w.MatMul(w.Transpose()) + d.DiagonalEmbed()));
        for (int i = 0; i < got.Length; i++)
        {
            Assert.All(got[i].ToArray<double>().Zip(want[i].ToArray<double>()),
                pair => Assert.Equal(pair.Second, pair.First, 1e-8 * Math.Max(Math.Abs(pair.Second), 1e-3)));
        }
    }
}
