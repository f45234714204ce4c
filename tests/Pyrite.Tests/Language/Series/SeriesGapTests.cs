using static Pyrite.Primitives;

namespace Pyrite.Tests;

/// <summary>Series of which some entries are not there.</summary>
public sealed class SeriesGapTests
{
    private static readonly double?[] Days = [0.4, null, 1.1, 0.9, null, null, -0.3, 0.2];
    private static readonly Tensor Data = Tensor.From([.. Days.Select(day => day ?? double.NaN)]);

    [Fact]
    public void What_is_missing_is_a_site_of_its_own_of_just_that()
    {
        Potential potential = Potential.Of(Model);
        Assert.Equal(11, potential.Dimension);
        Assert.Equal(["level", "y_unobserved"], potential.Sites.Select(site => site.Name));
        Assert.Equal(Shape.Create([3]), potential.Sites[1].Shape);
        double[] point = RandomKey.FromSeed(1).Normal([11], DType.Float64).ToArray<double>();

        double expected = 0, last = 0;
        for (int t = 0, gap = 0; t < 8; t++)
        {
            double y = Days[t] ?? point[8 + gap++];
            expected += Gaussian(point[t], last, 0.5) + Gaussian(y, point[t], 0.3);
            last = point[t];
        }
        Assert.Equal(expected, potential.LogDensity(point), 1e-10);
        Assert.True(potential.IsReplayed);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_missing_are_named_by_their_rounds(bool isComputed)
    {
        McmcResult result = Mcmc.Run(isComputed ? ComputedModel : Model, new Nuts(), chains: 1, warmup: 50, draws: 20, seed: 1);

        Assert.Equal(["y_unobserved[1]", "y_unobserved[4]", "y_unobserved[5]"],
            result.Summary().Rows.Select(row => row.Name).Where(name => name.StartsWith('y')));
    }

    [Fact]
    public void Draws_fill_the_gaps_and_keep_the_data()
    {
        Trace trace = Trace.Of(Model, new SeedHandler(1));
        double[] all = trace["y"].Value.ToArray<double>(), drawn = trace["y_unobserved"].Value.ToArray<double>();

        Assert.Equal(3, drawn.Length);
        Assert.Equal([0.4, drawn[0], 1.1, 0.9, drawn[1], drawn[2], -0.3, 0.2], all);
        Assert.True(double.IsFinite(trace.LogProb().Item()));
    }

    [Fact]
    public void Gaps_of_series_in_a_plate_are_named_by_round_and_series()
    {
        Tensor data = Tensor.From([0.1, 0.2, double.NaN, 0.3, 0.4, double.NaN]).Reshape(3, 2);
        void Pairs()
        {
            using (Plate("series", 2))
            {
                Scan.Over("days", Tensor.Zeros([2], DType.Float64), (data, !data.IsNan()), (state, today) =>
                {
                    Tensor y = Sample("y", new Normal(0.9 * state, 1), observed: today.data, observedMask: today.Item2);
                    return (y, y);
                });
            }
        }
        McmcResult result = Mcmc.Run(Pairs, new Nuts(), chains: 1, warmup: 50, draws: 20, seed: 1);

        Assert.Equal(["y_unobserved[1,0]", "y_unobserved[2,1]"], result.Summary().Rows.Select(row => row.Name));
    }

    [Fact]
    public void Series_without_gaps_have_no_missing_site()
    {
        Tensor data = SeriesModels.Returns(4);
        Trace trace = Trace.Of(() => Scan.Over("days", Tensor.Zeros([], DType.Float64), data, (state, today) =>
        {
            Tensor y = Sample("y", new Normal(state, 1), observed: today, observedMask: !today.IsNan());
            return (y, y);
        }));

        Assert.Null(trace.Find("y_unobserved"));
        Assert.Equal(data.ToArray<double>(), trace["y"].Value.ToArray<double>());
    }

    private static void Model() => Scan.Over("days", Tensor.Zeros([], DType.Float64), (Data, !Data.IsNan()), (level, today) =>
    {
        Tensor next = Sample("level", new Normal(level, 0.5));
        Sample("y", new Normal(next, 0.3), observed: today.Data, observedMask: today.Item2);
        return (next, next);
    });

    private static void ComputedModel() => Scan.Over("days", Tensor.Zeros([], DType.Float64), Data, (level, today) =>
    {
        Tensor next = Sample("level", new Normal(level, 0.5));
        Sample("y", new Normal(next, 0.3), observed: today * 1.0, observedMask: !today.IsNan());
        return (next, next);
    });

    private static double Gaussian(double x, double mean, double deviation) =>
        (-0.5 * (x - mean) * (x - mean) / (deviation * deviation)) - Math.Log(deviation) - (0.5 * Math.Log(2 * Math.PI));
}
