namespace Pyrite;

/// <summary>Slices of work beside slices of peak, and when they are not to be relied on.</summary>
public sealed class PairTests
{
    [Theory]
    [InlineData(100, 100, 1.0, false)]
    [InlineData(100, 100, 0.951, false)]
    [InlineData(100, 100, 0.949, true)]     // more than 5 % between CPU and wall time
    [InlineData(100, 109.9, 1.0, false)]
    [InlineData(100, 110.1, 1.0, true)]     // more than 10 % between the peaks
    [InlineData(110.1, 100, 1.0, true)]
    [InlineData(100, 100, double.NaN, true)]
    public void A_pair_is_disturbed_beyond_five_percent_of_time_or_ten_of_peak(double before, double after, double busy, bool expected) =>
        Assert.Equal(expected, new Pair(1e-3, before, after, busy).IsDisturbed);

    [Fact]
    public void A_pair_is_held_against_the_mean_of_its_own_neighbours()
    {
        // 0.4 GFLOP in 2 ms are 200 GFLOP/s; the neighbours say 250: a share of 0.8, and a cost of 0.5 GFLOP.
        Measured measured = Measured.Of([new Pair(2e-3, 245, 255, 1)], enough: 1);

        Assert.Equal(0.5, measured.Cost.Median, 12);
        Assert.Equal(0.8, measured.Share(0.4e9).Median, 12);
    }

    [Fact]
    public void Shares_are_medians_of_the_pairs_ratios_and_not_ratios_of_medians()
    {
        // The machine slows down by half for two of three slices, and the work with it: every pair says 0.5.
        Measured measured = Measured.Of([new Pair(1, 200, 200, 1), new Pair(2, 100, 100, 1), new Pair(2, 100, 100, 1)], enough: 3);

        Assert.Equal(new Quartiles(0.5, 0.5, 0.5), measured.Share(100e9));
        Assert.Equal(2, measured.Seconds.Median);
    }

    [Fact]
    public void Thirty_undisturbed_slices_make_a_figure_and_the_others_have_no_part_in_it()
    {
        Pair calm = new(1, 100, 100, 1), taken = new(5, 100, 100, 0.5);

        Measured enough = Measured.Of([.. Enumerable.Repeat(calm, 30), .. Enumerable.Repeat(taken, 70)]);
        Measured tooFew = Measured.Of([.. Enumerable.Repeat(calm, 29), .. Enumerable.Repeat(taken, 70)]);

        Assert.False(enough.IsDisturbed);
        Assert.Equal(new Quartiles(1, 1, 1), enough.Seconds);
        Assert.True(tooFew.IsDisturbed);
        Assert.Equal(5, tooFew.Seconds.Median);
    }
}
