namespace Pyrite.Tests;

public sealed class KilledRunTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("pyrite-killed-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(0)]
    [InlineData(30_000)]
    public void Sampling_that_is_killed_loses_a_block_at_most_and_resumes_to_the_same_bits(int bytes)
    {
        string path = Path.Combine(folder, "run");
        KilledProcess.Run("sample", path,
            () => Enumerable.Range(1, KilledRuns.Chains).All(chain => IsWritten($"{path}_{chain}.state") && Length($"{path}_{chain}.csv") >= bytes),
            TimeSpan.FromMilliseconds(bytes == 0 ? 0 : 7));
        McmcResult left = McmcResult.Load(path);
        Assert.False(left.IsComplete);
        ChainFiles files = new(path) { BlockSize = KilledRuns.BlockSize };
        int most = 0;
        int[] rows = [.. Enumerable.Range(1, KilledRuns.Chains).Select(chain => RowsOf($"{path}_{chain}.csv"))];
        for (int chain = 0; chain < KilledRuns.Chains; chain++)
        {
            int saved = ChainFiles.Load(path).Chains[chain].Transitions is long made and > KilledRuns.Warmup ? (int)made - KilledRuns.Warmup : 0;
            Assert.InRange(rows[chain], saved, saved + KilledRuns.BlockSize);
            Assert.Equal(0, saved % KilledRuns.BlockSize);
            most = Math.Max(most, saved);
        }
        McmcResult whole = Mcmc.Run(KilledRuns.Schools, KilledRuns.Sampler, KilledRuns.Chains, KilledRuns.Warmup, most + 120, KilledRuns.Seed);
        if (most > 0)
        {
            // The largest rectangle: both chains, or the one that had come further alone.
            double[] read = left.Draws.SelectChains(0).Scalar("tau");
            Assert.Equal(whole.Draws.SelectChains(left.Draws.Chains == 2 || rows[0] > rows[1] ? 0 : 1).Scalar("tau")[..read.Length], read);
        }
        McmcResult resumed = Mcmc.Resume(KilledRuns.Schools, files, draws: most + 120);
        Assert.True(resumed.IsComplete);
        Assert.All(whole.Draws.Names, name => Assert.Equal(whole[name].ToArray<double>(), resumed[name].ToArray<double>()));
        Assert.All(whole.Statistics.Names, name => Assert.Equal(whole.Statistics.Scalar(name), resumed.Statistics.Scalar(name)));
    }

    [Fact]
    public void Fits_that_are_killed_leave_the_last_checkpoint_whole() => KillFits(2);

    [Fact]
    [Trait("Category", "Long")]
    public void Fits_that_are_killed_at_many_moments_leave_the_last_checkpoint_whole() => KillFits(40);

    private void KillFits(int kills)
    {
        string path = Path.Combine(folder, "fit.safetensors");
        Svi<Tensor> whole = KilledRuns.Fit();
        List<double> losses = [];
        Random dice = new(3);
        for (int kill = 0; kill < kills; kill++)
        {
            File.Delete(path);
            KilledProcess.Run("fit", path, () => IsWritten(path), TimeSpan.FromMilliseconds(dice.Next(60)));
            Svi<Tensor> resumed = KilledRuns.Fit();
            resumed.Load(path, KilledRuns.Data);
            Assert.Equal((int)resumed.StepCount, resumed.State().Watch!.Value.Seen);
            int done = (int)resumed.StepCount;
            while (losses.Count < done + 5)
            {
                losses.Add(whole.Step(KilledRuns.Data));
            }
            Assert.Equal(losses[done..(done + 5)], resumed.Run(KilledRuns.Data, 5, stopping: KilledRuns.Stopping).Losses);
        }
    }

    private static bool IsWritten(string path) => File.Exists(path);

    private static long Length(string path) => File.Exists(path) ? new FileInfo(path).Length : 0;

    /// <summary>Whole lines of numbers, counted without the library.</summary>
    private static int RowsOf(string path)
    {
        string text = File.ReadAllText(path);
        string[] lines = text.Split('\n')[..^1];
        return Math.Max(0, lines.Count(line => !line.StartsWith('#')) - 1);
    }
}
