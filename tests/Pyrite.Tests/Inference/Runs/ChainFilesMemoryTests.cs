namespace Pyrite.Tests;

/// <summary>Counts live memory, so nothing else may run at the same time.</summary>
[Collection(nameof(Alone))]
public sealed class ChainFilesMemoryTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("pyrite-chains-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    [Trait("Category", "Long")]
    public void Memory_does_not_grow_with_the_draws()
    {
        string path = Path.Combine(folder, "long");
        List<long> live = [];
        Potential potential = Potential.Of(McmcModels.Chain);
        const int Kept = 60_000;
        Mcmc.Run(potential, new RandomWalk(), chains: 1, warmup: 100, draws: Kept, files: new ChainFiles(path) { BlockSize = 10_000 },
            progress: new Listener(progress =>
        {
            if (progress.Transitions > Kept / 4)
            {
                live.Add(GC.GetTotalMemory(forceFullCollection: true));
            }
        }));

        // In memory the 45,000 draws in between take 10 numbers of 8 bytes each, 3.6 MB.
        Assert.True(live.Count > 30);
        Assert.InRange(live[^1] - live[0], -100_000_000, 300_000);
        Assert.Equal(Kept, McmcResult.Load(path).Draws.DrawsPerChain);
    }

    private sealed class Listener(Action<McmcProgress> told) : IProgress<McmcProgress>
    {
        public void Report(McmcProgress value) => told(value);
    }
}
