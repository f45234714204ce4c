
namespace Pyrite.Tests;

/// <summary>Densities of large shapes far from their modes, where nothing cancels in the plain formula.</summary>
public sealed class DensityTailTests
{
    [Theory]
    [InlineData(12, 1e-3)]
    [InlineData(500, 1e-6)]
    [InlineData(500, 100)]
    [InlineData(500, 2500)]
    [InlineData(1e6, 1e-12)]
    [InlineData(1e6, 4e5)]
    [InlineData(5e11, 1.5)]
    [InlineData(1e4, 5e-320)]
    public void A_gamma_density_far_below_its_mode_has_all_digits(double a, double x)
    {
        double plain = ((a - 1) * Math.Log(x)) - x - ((Tensor)a).LogGamma().Item();
        double got = ((Tensor)a).LogGammaDensityAt(x).Item(), terms = (a * Math.Abs(Math.Log(x))) + Math.Abs(((Tensor)a).LogGamma().Item());
        Assert.True(Math.Abs(got - plain) <= 2e-15 * terms, $"{got:R} is not {plain:R}");
    }

    /// <summary>P(a, x) is xᵃ / Γ(a + 1) up to a factor of about 1 - x.</summary>
    [Theory]
    [InlineData(30)]
    [InlineData(500)]
    [InlineData(2e4)]
    public void A_gamma_tail_far_below_the_mode_has_all_digits(double a)
    {
        const double x = 1e-9;
        double plain = (a * Math.Log(x)) - ((Tensor)(a + 1)).LogGamma().Item(), got = ((Tensor)a).LogGammaLower(x).Item();
        Assert.True(Math.Abs(got - plain) <= 2e-15 * a * Math.Abs(Math.Log(x)) + x, $"{got:R} is not {plain:R}");
    }

    /// <summary>I(a, b, x) is xᵃ / (a B(a, b)) up to a factor of about 1 - b x.</summary>
    [Theory]
    [InlineData(12, 300, 1e-20)]
    [InlineData(30, 300, 1e-9)]
    [InlineData(11, 11, 1e-25)]
    public void A_beta_tail_far_below_the_mode_has_all_digits(double a, double b, double x)
    {
        double logBeta = ((Tensor)a).LogGamma().Item() + ((Tensor)b).LogGamma().Item() - ((Tensor)(a + b)).LogGamma().Item();
        double wanted = (a * Math.Log(x)) - Math.Log(a) - logBeta, got = Math.Log(Tensor.BetaLower(a, b, x).Item());
        Assert.True(Math.Abs(got - wanted) <= (4e-15 * (a + b) * Math.Abs(Math.Log(x))) + (b * x), $"{got:R} is not {wanted:R}");
    }
}
