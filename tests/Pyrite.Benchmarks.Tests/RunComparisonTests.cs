namespace Pyrite;

/// <summary>What counts as slower than a baseline.</summary>
public sealed class RunComparisonTests
{
    [Theory]
    [InlineData(1.02, 1.02, false)]     // less than 3 %
    [InlineData(1.04, 1.00, false)]     // the quartiles overlap: the earlier ones reach to 1.01
    [InlineData(1.04, 1.02, true)]
    [InlineData(0.90, 0.89, false)]
    public void Slower_is_more_than_three_percent_with_quartiles_apart(double median, double lower, bool expected)
    {
        Figure before = new("x", 5, "µs", Cost: new Quartiles(0.99, 1, 1.01));
        Figure after = new("x", 5, "µs", Cost: new Quartiles(lower, median, median + 0.01));

        Assert.Equal(expected, RunComparison.IsSlower(before, after));
        Assert.Equal(median, RunComparison.Ratio(before, after), 12);
    }

    [Fact]
    public void A_machine_of_half_the_speed_does_not_make_the_code_slower()
    {
        Measured fast = Measured.Of([new Pair(1e-6, 200, 200, 1)], enough: 1), slow = Measured.Of([new Pair(2e-6, 100, 100, 1)], enough: 1);
        Figure before = Report(fast).Figures[0], after = Report(slow).Figures[0];

        Assert.Equal(2 * before.Value, after.Value, 9);
        Assert.Equal(1, RunComparison.Ratio(before, after), 12);
        Assert.False(RunComparison.IsSlower(before, after));
    }

    [Fact]
    public void A_rate_is_compared_by_what_one_unit_costs_whatever_a_slice_holds()
    {
        // The loop of the peak is as long as a slice needs: 200 and 500 GFLOP per second of it, in slices of 1 and 4 µs.
        Measured small = Measured.Of([new Pair(1e-6, 200, 200, 1)], enough: 1), large = Measured.Of([new Pair(4e-6, 500, 500, 1)], enough: 1);
        Figure before = new BenchmarkReport("peak").AddRate("peak", small, 200e-6, "GFLOP/s").Figures[0];
        Figure after = new BenchmarkReport("peak").AddRate("peak", large, 2000e-6, "GFLOP/s").Figures[0];

        Assert.Equal(1, RunComparison.Ratio(before, after), 12);
        Assert.Equal(1, RunComparison.Ratio(new Figure("bytes", 0, "bytes"), new Figure("bytes", 0, "bytes")));
    }

    [Fact]
    public void The_table_shows_before_after_and_ratio_and_marks_what_is_slower()
    {
        Measured before = Measured.Of([new Pair(1e-6, 200, 200, 1)], enough: 1), after = Measured.Of([new Pair(1.1e-6, 200, 200, 1)], enough: 1);

        SavedRun earlier = Run(Report(before).Add("bytes", 100));
        SavedRun later = Run(Report(after).Add("bytes", 150), new BenchmarkReport("new").Add("a", 1));
        string[] lines = RunComparison.Table(earlier, later).Split('\n');

        Assert.Contains("svi      before  after  ratio", lines);
        Assert.Contains("step_us  1.000   1.100  1.100  SLOWER", lines);
        Assert.Contains("bytes    100.0   150.0  1.500", lines);
        Assert.Contains("new: the earlier run has none.", lines);
    }

    [Fact]
    public void Instruction_sets_are_not_compared_with_each_other()
    {
        string message = Assert.Throws<ArgumentException>(() => RunComparison.RequireSameMode(Run(), "AVX2 only")).Message;

        Assert.Contains("AVX-512", message);
        Assert.Contains("--avx2", message);
    }

    private static BenchmarkReport Report(Measured measured) => new BenchmarkReport("svi").AddTime("step_us", measured, 1e6, "µs");

    private static SavedRun Run(params BenchmarkReport[] reports) => new("Zen 9", "AVX-512", "a machine", "2026-11-29", "abc1234", reports);
}
