using Pyrite.Plotting.Charts;

namespace Pyrite.Plotting.Tests.Charts;

public class LogarithmicTicksTests
{
    [Theory]
    [InlineData(0, 3, 5, "1 10 100 1000")]
    [InlineData(-1.1, 5.1, 8, "10⁻¹ 10⁰ 10¹ 10² 10³ 10⁴ 10⁵")]
    [InlineData(0, 1, 5, "1 2 5 10")]
    [InlineData(-300, 300, 6, "10⁻³⁰⁰ 10⁻²⁰⁰ 10⁻¹⁰⁰ 10⁰ 10¹⁰⁰ 10²⁰⁰ 10³⁰⁰")]
    public void Chooses_powers_of_ten_or_one_two_five(double low, double high, int mostIntervals, string expected) =>
        Assert.Equal(expected, string.Join(' ', LogarithmicTicks.Choose(low, high, mostIntervals).Major.Select(tick => tick.Label)));

    [Fact]
    public void Short_ranges_get_linear_ticks() =>
        Assert.Equal(
            ["300", "310", "320", "330", "340"],
            LogarithmicTicks.Choose(Math.Log10(299), Math.Log10(341), 5).Major.Select(tick => tick.Label));

    [Fact]
    public void Decades_are_divided_by_small_marks() =>
        Assert.Equal([2, 3, 4, 5, 6, 7, 8, 9, 20, 30, 40, 50, 60, 70, 80, 90], LogarithmicTicks.Choose(0, 2, 5).Minor);
}
