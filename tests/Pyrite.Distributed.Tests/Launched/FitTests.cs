using System.Text.RegularExpressions;

namespace Pyrite.Launched;

/// <summary>Fits and chains under real launchers: the same bits on any number of ranks, and after a rank was killed.</summary>
[Trait("Category", "Long")]
public sealed partial class FitTests : IDisposable
{
    private readonly Launch launch = new();

    public void Dispose() => launch.Dispose();

    [OpenMpiFact]
    public void A_fit_has_the_same_bits_on_any_number_of_ranks()
    {
        string alone = HashOf(launch.Alone("fit", "60"));

        Assert.All([1, 2, 4, 8], ranks => Assert.Equal(alone, HashOf(launch.OnRanks(ranks, "fit", "60"))));
    }

    [BothMpiFact]
    public void A_fit_has_the_same_bits_under_MPICH() =>
        Assert.Equal(HashOf(launch.Alone("fit", "60")), HashOf(launch.OnMpich(2, "fit", "60")));

    /// <summary>Moments before, at and after checkpoints, which are written every ten steps.</summary>
    [OpenMpiTheory]
    [InlineData(4, 13, 2)]
    [InlineData(2, 20, 4)]
    [InlineData(4, 39, 1)]
    [InlineData(2, 5, 1)]
    public void A_fit_goes_on_after_a_rank_was_killed_with_another_number_of_ranks(int ranks, int killed, int later)
    {
        string checkpoint = Path.Combine(launch.Folder, "state");
        string undisturbed = HashOf(launch.Alone("fit", "60"));

        LaunchedRun broken = launch.OnRanks(ranks, "fit", "60", checkpoint, $"{killed}");
        bool isSaved = File.Exists(checkpoint);
        LaunchedRun resumed = launch.OnRanks(later, "fit", "60", checkpoint);

        Assert.True(broken.Code != 0 && !broken.Output.Contains("fit "), broken.All);
        Assert.Equal(killed >= 10, isSaved);
        Assert.Equal(undisturbed, HashOf(resumed));
    }

    [OpenMpiFact]
    public void Chains_are_shared_out_and_their_files_have_the_same_bytes()
    {
        string alone = HashOf(launch.Alone("chains", Path.Combine(launch.Folder, "alone")));
        foreach (int ranks in (int[])[1, 2, 4])
        {
            Assert.Equal(alone, HashOf(launch.OnRanks(ranks, "chains", Path.Combine(launch.Folder, $"ranks{ranks}"))));
            for (int chain = 1; chain <= 4; chain++)
            {
                Assert.Equal(File.ReadAllBytes(Path.Combine(launch.Folder, $"alone_{chain}.csv")),
                    File.ReadAllBytes(Path.Combine(launch.Folder, $"ranks{ranks}_{chain}.csv")));
            }
        }
    }

    private static string HashOf(LaunchedRun run)
    {
        Match match = Line().Match(run.Output);
        Assert.True(run.Code == 0 && match.Success, run.All);
        return match.Groups[1].Value;
    }

    [GeneratedRegex("(?:fit|chains) ([0-9a-f]{64})")]
    private static partial Regex Line();
}
