namespace Pyrite.Tests;

public sealed class DrawsNpzTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("pyrite-npz-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_posterior_comes_back_as_arrays_of_chains_and_draws(bool compress)
    {
        McmcResult posterior = Mcmc.Run(McmcModels.EightSchools, chains: 3, warmup: 30, draws: 20);
        string path = Path.Combine(folder, "posterior.npz");
        posterior.SaveNpz(path, compress);
        NamedTensors read = Npz.Load(path);
        Assert.Equal([.. posterior.Draws.Names, .. SamplerColumns.All], read.Keys);
        Assert.Equal([3, 20, 8], read["theta"].Shape);
        Assert.Equal([3, 20], read["tau"].Shape);
        Assert.All(posterior.Draws.Names, name => Assert.Equal(posterior[name].ToArray<double>(), read[name].ToArray<double>()));
        foreach (string name in SamplerColumns.All)
        {
            Assert.Equal([3, 20], read[name].Shape);
            Assert.Equal(posterior.Statistics.Scalar(name), read[name].To(DType.Float64).ToArray<double>());
        }
        Assert.Equal((DType.Int64, DType.Int64, DType.Bool, DType.Float64),
            (read["treedepth__"].DType, read["n_leapfrog__"].DType, read["divergent__"].DType, read["energy__"].DType));
    }

    [Fact]
    public void Predictions_have_no_axis_of_chains()
    {
        string path = Path.Combine(folder, "prior.npz");
        DrawsNpz.Save(path, new Draws(3, [new DrawsVariable("y", [2], [1, 2, 3, 4, 5, 6])]));
        Assert.Equal([3, 2], Npz.Load(path)["y"].Shape);
        Assert.Throws<ArgumentException>(
            () =>
                DrawsNpz.Save(path, new Draws(1, [new DrawsVariable("lp__", Shape.Scalar, [1])]),
                    new Draws(1, [new DrawsVariable("lp__", Shape.Scalar, [1])])));
    }

    [Fact]
    public void A_posterior_is_written_as_CmdStan_does_with_its_settings()
    {
        McmcResult posterior =
            Mcmc.Run(McmcModels.Chain, new Nuts(0.9, maximumTreeDepth: 7), chains: 2, warmup: 30, draws: 20, seed: 12, thinning: 2);
        IReadOnlyList<string> paths = posterior.SaveCsv(Path.Combine(folder, "chain"), "a chain");
        Assert.Equal(posterior["x2"].ToArray<double>(), CmdStanCsv.Load(paths).Draws["x2"].ToArray<double>());
        string[] lines = File.ReadAllLines(paths[1]);
        Assert.All(
            (string[])["# model = a chain", "#     num_warmup = 30", "#     num_samples = 40", "#     thin = 2", "#   seed = 12",
                "#       delta = 0.9", "#             max_depth = 7"], line => Assert.Contains(line, lines));
    }
}
