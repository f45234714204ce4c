namespace Pyrite.Tests;

public sealed class LossTrendTests
{
    [Fact]
    public void Flat_noise_is_no_fall()
    {
        // By Student's t with 8 degrees of freedom, a slope beyond 5 errors comes once in 2,000 runs on one side: of 400, more than 2 once in 1,000
        // times.
        int falls =
            Enumerable.Range(0, 400).Count(i => Result(RandomKey.FromSeed((ulong)i).Normal([500], DType.Float64).ToArray<double>()).IsStillFalling);
        Assert.InRange(falls, 0, 2);
    }

    [Theory]
    [InlineData(0.01, true)]       // 5 units over the last half, a standard deviation of noise 1
    [InlineData(1e-5, false)]      // 0.005 units
    [InlineData(-0.01, false)]     // rising
    public void A_line_under_noise_is_a_fall_where_it_matters(double slope, bool expected)
    {
        double[] noise = RandomKey.FromSeed(3).Normal([1_000], DType.Float64).ToArray<double>();
        Assert.Equal(expected, Result([.. noise.Select((value, i) => value - (slope * i))]).IsStillFalling);
    }

    [Fact]
    public void A_fall_that_has_come_to_rest_is_done() =>
        Assert.False(Result([.. Enumerable.Range(0, 1_000).Select(i => 100 * Math.Exp(-i / 50.0))]).IsStillFalling);

    [Fact]
    public void An_exponential_fall_on_its_way_is_not_done() =>
        Assert.True(Result([.. Enumerable.Range(0, 1_000).Select(i => 100 * Math.Exp(-i / 500.0))]).IsStillFalling);

    [Fact]
    public void Short_runs_skipped_steps_and_plateaus_say_nothing()
    {
        Assert.False(Result([.. Enumerable.Range(0, 59).Select(i => -1.0 * i)]).IsStillFalling);
        Assert.False(Result([.. Enumerable.Repeat(double.NaN, 200)]).IsStillFalling);
        Assert.False((Result([.. Enumerable.Range(0, 200).Select(i => -1.0 * i)]) with { StopReason = SviStopReason.Plateau }).IsStillFalling);
        Assert.True(Result([.. Enumerable.Range(0, 200).Select(i => i % 7 == 0 ? double.PositiveInfinity : -1.0 * i)]).IsStillFalling);
    }

    private static SviResult Result(double[] losses) => new(losses, SviStopReason.Completed, 0, []);
}
