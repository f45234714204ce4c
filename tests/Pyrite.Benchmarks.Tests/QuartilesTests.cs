namespace Pyrite;

/// <summary>Medians and quartiles of readings.</summary>
public sealed class QuartilesTests
{
    [Theory]                                                                        // numpy.quantile(x, [0.25, 0.5, 0.75])
    [InlineData(new double[] { 7 }, 7, 7, 7)]
    [InlineData(new double[] { 3, 1 }, 1.5, 2, 2.5)]
    [InlineData(new double[] { 4, 1, 3, 2 }, 1.75, 2.5, 3.25)]
    [InlineData(new double[] { 5, 1, 4, 2, 3 }, 2, 3, 4)]
    public void Quartiles_lie_between_neighbours(double[] readings, double lower, double median, double upper) =>
        Assert.Equal(new Quartiles(lower, median, upper), Quartiles.Of(readings));

    [Fact]
    public void No_readings_have_no_quartiles() => Assert.Throws<ArgumentException>(() => Quartiles.Of([]));

    [Fact]
    public void A_rate_from_times_has_its_quartiles_the_other_way_round()
    {
        Assert.Equal(new Quartiles(2.5, 5, 10), new Quartiles(1, 2, 4).Into(10));
        Assert.Equal(new Quartiles(3, 6, 12), new Quartiles(1, 2, 4).Times(3));
    }
}
