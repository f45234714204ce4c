using Pyrite.Cli.Training;
using Pyrite.Plotting;

namespace Pyrite.Cli.Sampling;

/// <summary>The plots of a run.</summary>
internal static class SamplingPlots
{
    /// <summary>Draws all plots into a folder, and says which.</summary>
    public static List<string> Save(OutputFolder folder, SamplingExample example, McmcResult result, bool withSvg)
    {
        DrawsPlots plots = result.Plots;
        List<string> names = [];
        Add("trace", plots.Trace(example.Shown));
        Add("ranks", plots.RankHistograms(example.Shown));
        Add("densities", plots.Densities(example.Shown));
        Add("autocorrelation", plots.Autocorrelation(example.Shown));
        Add("intervals", plots.Intervals(example.Intervals));
        Add("pairs", plots.Pairs(example.Shown));
        Add("energy", plots.Energy());
        if (example.Answer is { } answer)
        {
            Add("answer", answer(result.Draws));
        }

        return names;

        void Add(string name, Picture picture)
        {
            picture.SavePng(folder.PathOf(name + ".png"));
            if (withSvg)
            {
                picture.SaveSvg(folder.PathOf(name + ".svg"));
            }
            names.Add(name);
        }
    }
}
