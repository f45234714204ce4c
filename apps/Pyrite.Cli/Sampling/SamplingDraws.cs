using Pyrite.Cli.Training;


namespace Pyrite.Cli.Sampling;

/// <summary>The files of draws of a run.</summary>
internal static class SamplingDraws
{
    /// <summary>The beginning of their names.</summary>
    public const string Name = "draws";

    /// <summary>Writes one file per chain; where not all of them fit on the disk, the first chains that do.</summary>
    public static void Save(OutputFolder folder, McmcResult result, string model)
    {
        if (folder.Save(Name, path => result.SaveCsv(path, model)))
        {
            return;
        }
        for (int chains = result.Draws.Chains - 1; chains > 0; chains--)
        {
            int[] first = [.. Enumerable.Range(0, chains)];
            string names = chains == 1 ? $"{Name}_1.csv" : $"{Name}_1.csv to {Name}_{chains}.csv";
            if (folder.Save(names,
                _ => CmdStanCsv.Save(folder.PathOf(Name), result.Draws.SelectChains(first), result.Statistics.SelectChains(first),
                    new CmdStanRun { Model = model })))
            {
                return;
            }
        }
    }
}
