using Pyrite.Cli.Sampling;


namespace Pyrite.Cli.Tests.Sampling;

public sealed class QuantilesTests
{
    [Fact]
    public void Quantiles_lie_between_the_sorted_values_as_in_R()
    {
        // R: quantile(c(7, 1, 3, 10), c(0.05, 0.25, 0.5, 0.75, 0.95))
        Quantiles quantiles = Quantiles.Of([7, 1, 3, 10]);

        Assert.Equal(1.3, quantiles.Q05, 1e-12);
        Assert.Equal(2.5, quantiles.Q25, 1e-12);
        Assert.Equal(5, quantiles.Median, 1e-12);
        Assert.Equal(7.75, quantiles.Q75, 1e-12);
        Assert.Equal(9.55, quantiles.Q95, 1e-12);
    }

    [Fact]
    public void One_value_is_all_its_quantiles() => Assert.Equal(new Quantiles(4, 4, 4, 4, 4), Quantiles.Of([4]));
}
