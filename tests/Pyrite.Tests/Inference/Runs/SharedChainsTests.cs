using Pyrite.Testing;
using static Pyrite.Primitives;

namespace Pyrite.Tests;

/// <summary>Chains and predictions that processes share: the bits of one process.</summary>
[Trait("Once", "Cultures")]
public sealed class SharedChainsTests
{
    private static readonly Tensor Rows = RandomKey.FromSeed(2).Normal([12]).To(DType.Float64).Keep();

    [Theory]
    [InlineData(2, 4)]
    [InlineData(4, 4)]
    [InlineData(3, 2)]
    public void Chains_are_those_of_one_process(int ranks, int chains)
    {
        McmcResult alone = Run(ProcessGroup.Alone, chains);
        Assert.All(InProcessGroup.Run(ranks, group => Run(group, chains)), shared =>
        {
            Assert.Equal(alone["mean"].ToArray<double>(), shared["mean"].ToArray<double>());
            Assert.Equal(alone["shifted"].ToArray<double>(), shared["shifted"].ToArray<double>());
            Assert.Equal(alone.Statistics.Scalar(SamplerColumns.Divergent), shared.Statistics.Scalar(SamplerColumns.Divergent));
            Assert.Equal(alone.StepSizes, shared.StepSizes);
            Assert.Equal(chains, shared.Metrics.Count);
            Assert.True(shared.IsComplete);
            Assert.Equal(alone.State!.Transitions, shared.State!.Transitions);
        });
    }

    [Fact]
    public void A_run_is_resumed_by_another_number_of_processes()
    {
        McmcResult longer = Run(ProcessGroup.Alone, 4, draws: 40);
        McmcState state = InProcessGroup.Run(4, group => Run(group, 4))[0].State!;
        Assert.All(InProcessGroup.Run(2, group => Mcmc.Resume(Model, state, draws: 40, group: group)),
            shared => Assert.Equal(longer["mean"].ToArray<double>(), shared["mean"].ToArray<double>()));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Files_have_the_bytes_of_one_process(int ranks)
    {
        string folder = Directory.CreateTempSubdirectory("pyrite-chains").FullName;
        try
        {
            Run(ProcessGroup.Alone, 4, files: new ChainFiles(Path.Combine(folder, "alone")));
            InProcessGroup.Run(ranks, group => Run(group, 4, files: new ChainFiles(Path.Combine(folder, "shared"))).HasDraws);
            for (int chain = 1; chain <= 4; chain++)
            {
                Assert.Equal(File.ReadAllBytes(Path.Combine(folder, $"alone_{chain}.csv")),
                    File.ReadAllBytes(Path.Combine(folder, $"shared_{chain}.csv")));
            }
            Assert.True(McmcResult.Load(Path.Combine(folder, "shared")).IsComplete);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Runs_that_differ_are_told_in_what() =>
        Assert.All(InProcessGroup.Try(2, group => Run(group, 4, draws: 20 + group.Rank)), rank =>
            Assert.Contains("the number of draws: 20 on rank 0, 21 on rank 1", rank.Failure!.Message, StringComparison.Ordinal));

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void Predictions_are_those_of_one_process(int ranks)
    {
        McmcResult posterior = Run(ProcessGroup.Alone, 2);
        Draws alone = Predictive.Draw(Model, posterior, seed: 3);
        Assert.All(InProcessGroup.Run(ranks, group => Predictive.Draw(Model, posterior, seed: 3, group: group)), shared =>
        {
            Assert.Equal(alone.Names, shared.Names);
            Assert.All(alone.Names, name => Assert.Equal(alone[name].ToArray<double>(), shared[name].ToArray<double>()));
        });
        Svi<Tensor> svi = new(_ => Model(), _ => Sample("mean", new Normal(Param("loc", 0.0), 1)), new Adam(), new TraceElbo());
        svi.Step(Rows);
        float[] own = svi.Predict(Rows, 5)["y"].ToArray<float>();
        Svi<Tensor>[] each = [.. Enumerable.Range(0, ranks).Select(_ =>
        {
            Svi<Tensor> one = new(_ => Model(), _ => Sample("mean", new Normal(Param("loc", 0.0), 1)), new Adam(), new TraceElbo());
            one.Step(Rows);
            return one;
        })];
        Assert.All(InProcessGroup.Run(ranks, group => each[group.Rank].Predict(Rows, 5, group: group)["y"].ToArray<float>()),
            shared => Assert.Equal(own, shared));
    }

    private static void Model()
    {
        Tensor mean = Sample("mean", new Normal(0, 3));
        Deterministic("shifted", mean + 1);
        using PlateScope plate = Plate("rows", 12);
        Sample("y", new Normal(mean, 1), observed: Rows);
    }

    private static McmcResult Run(ProcessGroup group, int chains, int draws = 20, ChainFiles? files = null) =>
        Mcmc.Run(Model, chains: chains, warmup: 30, draws: draws, seed: 9, files: files, group: group);
}
