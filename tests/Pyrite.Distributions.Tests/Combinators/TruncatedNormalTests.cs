namespace Pyrite;

/// <summary>Gaussians between bounds that are close together.</summary>
public sealed class TruncatedNormalTests
{
    /// <summary>8.33333333329514e-12 by 60 digits; the width of the interval between the nearest doubles explains the rest.</summary>
    [Fact]
    public void Variance_between_close_bounds_is_that_of_a_tilted_interval()
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        TruncatedNormal narrow = new(0.0, 1.0, 0.5, 0.50001);
        Assert.Equal(8.33333333329514e-12, narrow.Variance.Item(), 8.3e-20);
        Assert.Equal(Math.Sqrt(8.33333333329514e-12), narrow.StandardDeviation.Item(), 2.9e-14);
    }

    [Fact]
    public void Distribution_functions_have_the_density_as_slope_at_their_bounds()
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        TruncatedNormal distribution = new(0.3, 1.2, -0.5, 2.1);
        foreach (double end in new[] { -0.5, 2.1 })
        {
            Tensor x = Tensor.From([end]).AsVariable();
            double density = Math.Exp(distribution.LogProb(Tensor.From([end])).Item());
            Assert.Equal(density, Gradient.Of(distribution.Cdf(x).Sum(), [x])[0].Item(), 1e-12);
            Assert.Equal(-density, Gradient.Of(distribution.SurvivalFunction(x).Sum(), [x])[0].Item(), 1e-12);
        }
    }
}
