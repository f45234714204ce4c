using Pyrite.Cli.Training;
using Pyrite.Plotting;

namespace Pyrite.Cli.Sampling;

/// <summary>The plots of a run.</summary>
internal static class SamplingPlots
{
    /// <summary>Draws all plots into a folder, side by side.</summary>
    /// <returns>Their names without extensions.</returns>
    public static IReadOnlyList<string> Save(OutputFolder folder, SamplingExample example, McmcResult result, bool withSvg)
    {
        DrawsPlots plots = result.Plots;
        (string Name, Func<IPicture> Draw)[] all =
        [
            (example.AnswerName, () => example.Answer(result.Draws)),
            ("trace", () => plots.Trace(example.Shown)),
            ("ranks", () => plots.RankHistograms(example.Shown)),
            ("densities", () => plots.Densities(example.Shown)),
            ("autocorrelation", () => plots.Autocorrelation(example.Shown)),
            ("intervals", () => plots.Intervals(example.Intervals)),
            ("pairs", () => plots.Pairs(example.Shown)),
            ("energy", () => plots.Energy()),
        ];
        Parallel.ForEach(all, plot =>
        {
            IPicture picture = plot.Draw();
            folder.Save(plot.Name + ".png", path => picture.SavePng(path));
            if (withSvg)
            {
                folder.Save(plot.Name + ".svg", path => picture.SaveSvg(path));
            }
        });
        return Array.ConvertAll(all, plot => plot.Name);
    }
}
