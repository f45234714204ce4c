using Pyrite.Plotting.Ticks;
using ScottPlot;

namespace Pyrite.Plotting.Tests.Ticks;

public class LinearTicksTests
{
    [Theory]
    [InlineData(0, 1, 5, "0.0 0.2 0.4 0.6 0.8 1.0")]
    [InlineData(0, 9, 10, "0 1 2 3 4 5 6 7 8 9")]
    [InlineData(0, 9, 5, "0 2 4 6 8")]
    [InlineData(-0.3, 0.3, 6, "−0.3 −0.2 −0.1 0.0 0.1 0.2 0.3")]
    [InlineData(154, 212, 8, "160 170 180 190 200 210")]
    [InlineData(0, 60_000, 3, "0 20,000 40,000 60,000")]
    [InlineData(1000, 3000, 2, "1000 2000 3000")]
    [InlineData(0, 3e7, 3, "0 1×10⁷ 2×10⁷ 3×10⁷")]
    [InlineData(0, 2.5e-7, 5, "0 0.5×10⁻⁷ 1.0×10⁻⁷ 1.5×10⁻⁷ 2.0×10⁻⁷ 2.5×10⁻⁷")]
    [InlineData(-8e307, 8e307, 4, "−5×10³⁰⁷ 0 5×10³⁰⁷")]
    public void Chooses_round_values(double low, double high, int mostIntervals, string expected) =>
        Assert.Equal(expected, string.Join(' ', LinearTicks.Choose(low, high, mostIntervals).Select(tick => tick.Label)));

    [Fact]
    public void Ticks_are_evenly_spaced_inside_the_range_and_few_for_any_range()
    {
        var random = new Random(3);
        for (int round = 0; round < 3000; round++)
        {
            double scale = Math.Pow(10, random.Next(-290, 300)), low = (random.NextDouble() - 0.5) * scale,
                high = low + (random.NextDouble() * scale) + (scale * 1e-6);
            int most = random.Next(2, 12);
            IReadOnlyList<Tick> ticks = LinearTicks.Choose(low, high, most);
            Assert.InRange(ticks.Count, most >= 5 ? 2 : 1, most + 1);
            double slack = 1e-8 * (high - low);
            Assert.All(ticks, tick => Assert.InRange(tick.Position, low - slack, high + slack));
            for (int i = 2; i < ticks.Count; i++)
            {
                Assert.Equal(1, (ticks[i].Position - ticks[i - 1].Position) / (ticks[1].Position - ticks[0].Position), 6);
            }

            Assert.Equal(ticks.Count, ticks.Select(tick => tick.Label).Distinct().Count());
        }
    }

    [Fact]
    public void Tick_values_are_the_numbers_their_labels_say() =>
        Assert.Equal([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7],
            LinearTicks.Choose(0.05, 0.75, 10).Where(t => t.Label.Length == 3).Select(t => t.Position));
}
