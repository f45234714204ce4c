namespace Pyrite.Tests;

/// <summary>Both writers of CSV give files that CmdStanPy, cmdstanr and rstan read.</summary>
public sealed class StanReadersTests : IDisposable
{
    private static readonly Dictionary<string, Sampler> Samplers = new()
    {
        ["diagonal"] = new Nuts(targetAcceptance: 0.9, jitter: 0.1),
        ["dense"] = new Nuts(structure: MetricStructure.Dense),
        ["blocks"] = new Nuts(structure: MetricStructure.Blocks(["theta"])),
        ["unit"] = new Nuts(adaptMetric: false),
        ["given"] = new Nuts(adaptMetric: false, metric: Metric.Diagonal(1, 2, 3, 4, 5)),
        ["static"] = new Hmc(trajectoryLength: 1.5),
        ["random walk"] = new RandomWalk(),
        ["slice"] = new SliceSampler(),
    };

    private readonly string folder = Directory.CreateTempSubdirectory("pyrite-stan-").FullName;

    public static TheoryData<string, int, bool> Runs
    {
        get
        {
            TheoryData<string, int, bool> runs = [];
            foreach (string sampler in Samplers.Keys)
            {
                runs.Add(sampler, 1, false);
                runs.Add(sampler, 1, true);
            }
            runs.Add("diagonal", 3, false);
            runs.Add("diagonal", 3, true);
            return runs;
        }
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [MemberData(nameof(Runs))]
    public void Files_of_every_sampler_keep_the_rules_of_every_reader(string sampler, int thinning, bool isFile)
    {
        string path = Path.Combine(folder, "run");
        McmcResult run =
            Mcmc.Run(EarlierFiles.Groups, Samplers[sampler], chains: 2, warmup: 30, draws: 12, seed: 4, thinning: thinning,
                files: isFile ? new ChainFiles(path) { BlockSize = 5 } : null);
        if (!isFile)
        {
            run.SaveCsv(path, "groups = three");
        }
        Keep(path, 2);
        CmdStanDraws read = CmdStanCsv.Load(path);
        Assert.Equal(run["theta"].ToArray<double>(), read.Draws["theta"].ToArray<double>());
        Assert.Equal(run.Statistics.Scalar("lp__"), read.Statistics!.Scalar("lp__"));
        Assert.Equal(
            sampler switch { "diagonal" or "given" or "static" => "diag_e", "dense" or "blocks" => "dense_e", "unit" => "unit_e", _ => null },
                NameOfMetric(path));
    }

    [Fact]
    public void Rows_of_a_dense_metric_are_its_matrix()
    {
        McmcResult run = Mcmc.Run(EarlierFiles.Groups, Samplers["dense"], chains: 1, warmup: 30, draws: 5, seed: 4);
        StanFileLines file = new(run.SaveCsv(Path.Combine(folder, "run")).Single());
        int title = Array.IndexOf(file.Lines, "# Elements of inverse mass matrix:");
        double[][] rows = [.. file.Lines[(title + 1)..(title + 6)].Select(line => line[2..].Split(", ").Select(StanFileLines.Number).ToArray())];
        for (int i = 0; i < 5; i++)
        {
            double[] momentum = new double[5], velocity = new double[5];
            momentum[i] = 1;
            run.Metrics[0].Velocity(momentum, velocity);
            Assert.Equal(velocity, rows.Select(row => row[i]));
            Assert.Equal(run.Metrics[0].Variances[i], rows[i][i]);
        }
    }

    [Fact]
    public void A_run_that_is_made_longer_announces_all_its_draws()
    {
        string path = Path.Combine(folder, "run");
        ChainFiles files = new(path) { BlockSize = 5 };
        Mcmc.Run(EarlierFiles.Groups, EarlierFiles.Sampler, chains: 2, warmup: 30, draws: 9, seed: 4, files: files);
        Mcmc.Resume(EarlierFiles.Groups, files, draws: 104);
        Assert.Equal("104", new StanFileLines(path + "_2.csv")["num_samples"]);
        Keep(path, 2);
        Assert.Equal(104, CmdStanCsv.Load(path).Draws.DrawsPerChain);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Draws_without_a_sampler_are_written_as_those_of_fixed_parameters(bool someStatistics)
    {
        Draws draws = new(2, 3, [new DrawsVariable("a", [2], [.. Enumerable.Range(0, 12).Select(i => i * 0.1)])]);
        Draws statistics = new(2, 3, [new DrawsVariable("energy__", Shape.Scalar, [1, 2, 3, 4, 5, 6])]);
        CmdStanCsv.Save(Path.Combine(folder, "run"), draws, someStatistics ? statistics : null);
        Keep(Path.Combine(folder, "run"), 2);
        CmdStanDraws read = CmdStanCsv.Load(Path.Combine(folder, "run"));
        Assert.Equal(draws["a"].ToArray<double>(), read.Draws["a"].ToArray<double>());
        Assert.Equal(someStatistics ? statistics.Scalar("energy__") : null, read.Statistics?.Scalar("energy__"));
    }

    private static void Keep(string path, int chains)
    {
        for (int chain = 1; chain <= chains; chain++)
        {
            StanFileLines file = new($"{path}_{chain}.csv");
            StanReaderRules.CmdStanPy(file);
            StanReaderRules.CmdStanPyRewritten(file);
            StanReaderRules.CmdStanR(file);
            StanReaderRules.RStan(file);
        }
    }

    private static string? NameOfMetric(string path) => new StanFileLines(path + "_1.csv") is { IsFixed: false } file ? file["metric"] : null;
}
