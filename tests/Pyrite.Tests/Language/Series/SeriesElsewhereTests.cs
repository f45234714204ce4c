using static Pyrite.Primitives;

namespace Pyrite.Tests;

/// <summary>What else is done with models that have loops over time.</summary>
public sealed class SeriesElsewhereTests
{
    private static readonly Tensor Data = SeriesModels.Returns(8);

    public static TheoryData<string> Objectives => ["trace", "graph", "mean field", "renyi", "weighted"];

    [Fact]
    public void A_graph_shows_what_a_series_depends_on()
    {
        ModelGraph graph = Inspect.Graph(() => SeriesModels.Volatility(Data));

        Assert.Equal(["phi", "sigma", "h", "y", "deviation"], graph.Nodes.Select(node => node.Name));
        string[] edges = [.. graph.Edges.Select(edge => $"{edge.From} {edge.To}")];
        Assert.Equal(["h deviation", "h y", "phi h", "sigma h"], edges.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Objectives))]
    public void Objectives_take_series(string name)
    {
        Elbo objective = name switch
        {
            "graph" => new TraceGraphElbo(),
            "mean field" => new MeanFieldElbo(),
            "renyi" => new RenyiElbo(0.5, particles: 2),
            "weighted" => new ImportanceWeightedElbo(particles: 2),
            _ => new TraceElbo(particles: 2),
        };
        void Model(Tensor y) => SeriesModels.Level(y, 0.5, 0.7);
        Svi<Tensor> svi = new(Model, new AutoNormal<Tensor>(Model), new Adam(0.02), objective, seed: 1);
        double[] losses = [.. Enumerable.Range(0, 150).Select(_ => svi.Step(Data))];

        Assert.True(losses[100..].Average() < losses[..20].Average() - 0.5);
    }

    [Fact]
    public void Other_guides_take_series()
    {
        void Model(Tensor y) => SeriesModels.Level(y, 0.5, 0.7);
        (double[] mean, double[] deviation) = SeriesModels.Smoothed([.. Data.ToArray<double>().Select(day => (double?)day)], 0.5, 0.7);
        AutoLaplace<Tensor> laplace = new(Model);
        Svi<Tensor> svi = new(Model, laplace, new Adam(0.05), new TraceElbo(), seed: 1);
        svi.Run(Data, steps: 600);
        double[] mode = laplace.Median(svi.Parameters)["level"].ToArray<double>();
        AutoIaf<Tensor> flow = new(Model);
        Svi<Tensor> other = new(Model, flow, new Adam(0.01), new TraceElbo(), seed: 1);

        for (int t = 0; t < 8; t++)
        {
            Assert.Equal(mean[t], mode[t], 0.05 * deviation[t]);
        }
        Assert.True(double.IsFinite(other.Step(Data)));
    }

    [Fact]
    public void A_subsampled_plate_of_series_scales_them_up()
    {
        Tensor data = Tensor.Stack([.. Enumerable.Range(0, 20).Select(i => Data + (0.1 * i))], 1);
        void Model(Tensor y)
        {
            using PlateScope series = Plate("series", 20, subsampleSize: 5);
            Tensor present = y.Take(series.Indices, 1);
            SeriesModels.Level(present, 0.5, 0.7);
        }
        Svi<Tensor> svi = new(Model, new AutoNormal<Tensor>(Model), new Adam(0.02), new TraceElbo(), seed: 1);
        double[] losses = [.. Enumerable.Range(0, 400).Select(_ => svi.Step(data))];
        Assert.True(losses[300..].Average() < losses[..50].Average() - 20);

        Trace trace = Trace.Of(() => Model(data), new SeedHandler(1));
        SampleSite level = (SampleSite)trace["level"];
        Assert.Equal(4, level.Scale);
        Assert.Equal(Shape.Create([5, 8]), level.Value.Shape);
        Tensor before = Tensor.Concat([Tensor.Zeros([5, 1], DType.Float64), level.Value.Slice(1, 0, 7)], 1);
        Assert.Equal(4 * new Normal(before, 0.5).LogProb(level.Value).Sum().Item(), level.LogProb().Sum().Item(), 1e-9);
    }

    [Fact]
    public void Likelihoods_and_prior_predictions_take_series()
    {
        void Model() => SeriesModels.Volatility(Data);
        McmcResult result = Mcmc.Run(Model, new Nuts(), chains: 2, warmup: 60, draws: 40, seed: 1);
        Draws likelihood = Predictive.LogLikelihood(Model, result), prior = Predictive.Prior(Model, draws: 30, seed: 2);
        double[] h = result["h"].Select(1, 0).Select(0, 0).ToArray<double>();

        Assert.Equal(new Normal(0, (Tensor.From(h) / 2).Exp()).LogProb(Data).Sum().Item(), likelihood["y"].ToArray<double>()[0], 1e-9);
        Assert.Equal([30, 8], prior["y"].Shape.Sizes.ToArray());
        Assert.Equal([30, 8], prior["h"].Shape.Sizes.ToArray());
        Assert.Equal(["days"], prior.Variable("deviation").Dimensions);
    }
}
