using Pyrite.Plotting.Bins;

namespace Pyrite.Plotting.Tests.Bins;

public class HistogramBinsTests
{
    [Fact]
    public void Bins_hold_their_left_edge_and_the_last_one_both()
    {
        var bins = new HistogramBins(0, 3, 3);
        Assert.Equal([2, 1, 3], bins.CountValues([0, 0.999, 1, 2, 2.5, 3, 3.001, -0.001, double.NaN]));
    }

    [Fact]
    public void Counts_agree_with_a_search_over_the_edges()
    {
        var random = new Random(11);
        double[] values = Enumerable.Range(0, 5000).Select(_ => Math.Round(random.NextDouble(), 2)).ToArray();
        var bins = new HistogramBins(0, 1, 10);
        int[] expected = new int[10];
        foreach (double value in values)
        {
            int bin = 0;
            while (bin < 9 && value >= bins.Edge(bin + 1))
            {
                bin++;
            }

            expected[bin]++;
        }

        Assert.Equal(expected, bins.CountValues(values));
    }

    [Fact]
    public void The_number_of_bins_follows_Freedman_and_Diaconis()
    {
        double[] uniform = Enumerable.Range(0, 1000).Select(i => i / 999.0).ToArray();
        Assert.Equal(11, HistogramBins.Fit([uniform], 0, 1, null).Count);          // 2 x 0.5 / 1000^(1/3) = 0.1, Sturges: 11
        double[] many = Enumerable.Range(0, 64_000).Select(i => i / 63_999.0).ToArray();
        Assert.Equal(40, HistogramBins.Fit([many], 0, 1, null).Count);             // 2 x 0.5 / 64000^(1/3) = 0.025
    }

    [Fact]
    public void Equal_values_and_outliers_give_usable_bins()
    {
        Assert.Equal(4, HistogramBins.Fit([[7, 7, 7, 7, 7]], 7, 7, null).CountValues([7, 7, 7, 7]).Sum());
        double[] withOutlier = [.. Enumerable.Range(0, 1000).Select(i => i / 1000.0), 1e300];
        Assert.InRange(HistogramBins.Fit([withOutlier], 0, 1e300, null).Count, 1, 512);
    }
}
