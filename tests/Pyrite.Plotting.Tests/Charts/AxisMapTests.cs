using Pyrite.Plotting.Charts;

namespace Pyrite.Plotting.Tests.Charts;

public class AxisMapTests
{
    [Fact]
    public void Ends_given_by_the_user_are_kept_and_others_get_a_margin()
    {
        AxisMap map = AxisMap.Fit(new Axis(minimum: 0), Range(AxisScale.Linear, 2, 10), 0.1, 0.1);
        Assert.Equal(0, map.ToUnit(0));
        Assert.Equal(1, map.ToUnit(11), 12);
    }

    [Fact]
    public void Equal_ratios_are_equally_long_on_logarithmic_axes()
    {
        AxisMap map = AxisMap.Fit(new Axis(scale: AxisScale.Logarithmic), Range(AxisScale.Logarithmic, 1, 1e4, -5, 0, double.NaN), 0, 0);
        Assert.Equal([0, 0.25, 0.5, 0.75, 1], ((double[])[1, 10, 100, 1000, 10_000]).Select(value => Math.Round(map.ToUnit(value), 12)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(-1e-320)]
    [InlineData(8e307)]
    [InlineData(-8e307)]
    public void Equal_values_lie_in_the_middle(double value)
    {
        AxisMap map = AxisMap.Fit(new Axis(), Range(AxisScale.Linear, value, value), 0.05, 0.05);
        Assert.Equal(0.5, map.ToUnit(value), 9);
        Assert.NotEmpty(map.Ticks(6).Major);
    }

    [Theory]
    [InlineData(-8e307, 8e307)]
    [InlineData(0, 1e-310)]
    [InlineData(1e9, 1e9 + 1e-6)]
    [InlineData(-1e-200, 1e200)]
    public void Extreme_ranges_stay_finite(double low, double high)
    {
        AxisMap map = AxisMap.Fit(new Axis(), Range(AxisScale.Linear, low, high), 0.05, 0.05);
        Assert.InRange(map.ToUnit(low), 0, 1);
        Assert.InRange(map.ToUnit(high), map.ToUnit(low), 1);
        Assert.InRange(map.Ticks(6).Major.Count, 1, 7);
    }

    [Theory]
    [InlineData(null, null, 0.0, 1.0)]
    [InlineData(5.0, null, 5.0, 6.0)]
    [InlineData(null, 5.0, 4.0, 5.0)]
    public void Without_data_an_axis_shows_one_unit(double? minimum, double? maximum, double low, double high)
    {
        AxisMap map = AxisMap.Fit(new Axis("", AxisScale.Linear, minimum, maximum), new DataRange(AxisScale.Linear), 0, 0);
        Assert.Equal((0, 1), (map.ToUnit(low), map.ToUnit(high)));
    }

    [Fact]
    public void A_start_beyond_the_data_still_gives_an_axis()
    {
        AxisMap map = AxisMap.Fit(new Axis(minimum: 100), Range(AxisScale.Linear, 1, 2), 0.05, 0.05);
        Assert.Equal(0, map.ToUnit(100));
        Assert.True(map.ToUnit(101) > 0);
    }

    [Fact]
    public void Axes_refuse_ends_that_make_no_sense()
    {
        Assert.Throws<ArgumentException>(() => new Axis(minimum: 2, maximum: 2));
        Assert.Throws<ArgumentException>(() => new Axis(minimum: double.NaN));
        Assert.Throws<ArgumentException>(() => new Axis(maximum: double.PositiveInfinity));
        Assert.Throws<ArgumentException>(() => new Axis(scale: AxisScale.Logarithmic, minimum: 0));
    }

    private static DataRange Range(AxisScale scale, params double[] values)
    {
        var range = new DataRange(scale);
        foreach (double value in values)
        {
            range.Include(value);
        }

        return range;
    }
}
