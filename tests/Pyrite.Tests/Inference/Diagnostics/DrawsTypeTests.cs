using static Pyrite.Primitives;

namespace Pyrite.Tests;

/// <summary>Draws of counts, categories and truth values are whole numbers wherever they come from and wherever they go.</summary>
public sealed class DrawsTypeTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("pyrite-types-").FullName;

    public static Dictionary<string, Func<Distribution>> Families { get; } = new()
    {
        ["Categorical"] = () => new Categorical(Tensor.From([0.2, 0.5, 0.3])),
        ["Bernoulli"] = () => new Bernoulli(0.4),
        ["Poisson"] = () => new Poisson(3),
        ["Binomial"] = () => new Binomial(10, 0.3),
        ["Geometric"] = () => new Geometric(0.3),
        ["NegativeBinomial"] = () => new NegativeBinomial(3, 0.4),
        ["BetaBinomial"] = () => new BetaBinomial(2.0, 3.0, 10),
        ["Multinomial"] = () => new Multinomial(5, Tensor.From([0.2, 0.5, 0.3])),
        ["OneHotCategorical"] = () => new OneHotCategorical(Tensor.From([0.2, 0.5, 0.3])),
        ["ZeroInflatedPoisson"] = () => new ZeroInflatedPoisson(2, gate: 0.3),
        ["a plate of counts"] = () => new Poisson(Tensor.From([1.0, 2.0])).ToEvent(1),
        ["a mixture of counts"] = () => new MixtureSameFamily(new Categorical(Tensor.From([0.5, 0.5])), new Poisson(Tensor.From([1.0, 9.0]))),
    };

    public static TheoryData<string> FamilyNames => [.. Families.Keys];

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [MemberData(nameof(FamilyNames))]
    public void Predicted_counts_are_Int64(string family)
    {
        Draws draws = Predictive.Draw<int>(_ => Sample("y", Families[family]()), 0, draws: 20);
        Assert.Equal(DType.Int64, draws["y"].DType);
        Assert.Equal(DType.Int64, draws.Variable("y").DType);
    }

    [Fact]
    public void Other_draws_are_Float64()
    {
        Draws draws = Predictive.Draw<int>(_ =>
        {
            Tensor count = Sample("count", new Poisson(3));
            Sample("x", new Normal(0, 1));
            Sample("half", new TransformedDistribution(new Poisson(3), new AffineTransform(0, 0.5)));
            Deterministic("rate", 2.0 * count);
            Deterministic("index", Tensor.From([1, 2, 3]));
        }, 0, draws: 20);
        Assert.Equal([DType.Int64, DType.Float64, DType.Float64, DType.Int64],
            new[] { "count", "x", "half", "index" }.Select(name => draws[name].DType));
    }

    [Fact]
    public void Parts_of_draws_keep_the_type()
    {
        Draws draws = new(2, 4, [new DrawsVariable("y", Shape.Scalar, [1, 2, 3, 4, 5, 6, 7, 8], type: DType.Int64)]);
        Assert.All([draws.Thin(2), draws.Range(1..), draws.SelectChains(1), draws.WithoutChains(), draws.Select("y")],
            part => Assert.Equal(DType.Int64, part["y"].DType));
        Assert.Throws<ArgumentException>(() => new DrawsVariable("y", Shape.Scalar, [1], type: DType.Bool));
    }

    [Fact]
    public void Files_keep_whole_numbers_whole()
    {
        Draws draws =
            new(2, 3,
                [new DrawsVariable("y", [2], [.. Enumerable.Range(0, 12).Select(i => (double)i)], type: DType.Int64),
                    new DrawsVariable("x", Shape.Scalar, Series.Normal(1, 6))]);
        string path = Path.Combine(folder, "draws.npz");
        DrawsNpz.Save(path, draws);
        Assert.Equal(DType.Int64, Npz.Load(path)["y"].DType);
        string[] files = [.. CmdStanCsv.Save(Path.Combine(folder, "run"), draws)];
        Draws read = CmdStanCsv.Load(files).Draws;
        Assert.Equal(DType.Int64, read["y"].DType);
        Assert.Equal(DType.Float64, read["x"].DType);
        Assert.Equal(draws["y"].ToArray<long>(), read["y"].ToArray<long>());
    }

    [Fact]
    public void Runs_of_Mcmc_keep_computed_integers_in_memory_and_in_files()
    {
        static void Model()
        {
            Tensor x = Sample("x", new Normal(0, 1));
            Deterministic("sign", (x > 0).To(DType.Int64));
        }

        McmcResult result = Mcmc.Run(Model, new Nuts(), chains: 2, warmup: 50, draws: 20, seed: 1);
        Assert.Equal(DType.Int64, result.Draws["sign"].DType);
        Assert.Equal(DType.Float64, result.Draws["x"].DType);
        ChainFiles files = new(Path.Combine(folder, "chains"));
        Mcmc.Run(Model, new Nuts(), chains: 2, warmup: 50, draws: 20, seed: 1, files: files);
        McmcResult loaded = McmcResult.Load(files.Path);
        Assert.Equal(DType.Int64, loaded.Draws["sign"].DType);
        Assert.Equal(result.Draws["sign"].ToArray<long>(), loaded.Draws["sign"].ToArray<long>());
    }
}
