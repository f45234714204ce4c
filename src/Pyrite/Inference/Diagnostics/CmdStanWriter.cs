namespace Pyrite.Diagnostics;

/// <summary>Writes chains as CmdStan does.</summary>
internal sealed class CmdStanWriter
{
    private readonly CmdStanRun run;
    private readonly int draws;
    private readonly List<(string Name, double[] Values)> columns = [];

    public CmdStanWriter(Draws draws, Draws? statistics, CmdStanRun run)
    {
        this.run = run;
        this.draws = draws.DrawsPerChain;
        if (statistics is not null)
        {
            if (statistics.Chains != draws.Chains || statistics.DrawsPerChain != draws.DrawsPerChain)
            {
                throw new ArgumentException(
                    $"The sampler's statistics are of {statistics.Chains} chains of {statistics.DrawsPerChain}, the draws of {draws.Chains} of {draws.DrawsPerChain}.", nameof(statistics));
            }
            AddStatistics(statistics);
        }
        foreach (DrawsVariable variable in draws.Variables)
        {
            Add(variable, CmdStanHeader.ColumnsOf(variable.Name, variable.EventShape));
        }
    }

    public void WriteChain(Stream stream, int chain)
    {
        using StreamWriter text = new(stream, leaveOpen: true) { NewLine = "\n" };
        foreach (string line in CmdStanHeader.Settings(run, draws, chain))
        {
            text.WriteLine(line);
        }
        for (int column = 0; column < columns.Count; column++)
        {
            text.Write(column == 0 ? "" : ",");
            text.Write(columns[column].Name);
        }
        text.WriteLine();
        WriteAdaptation(text, chain);
        for (int draw = chain * draws; draw < (chain + 1) * draws; draw++)
        {
            for (int column = 0; column < columns.Count; column++)
            {
                text.Write(column == 0 ? "" : ",");
                text.Write(CmdStanHeader.Number(columns[column].Values[draw]));
            }
            text.WriteLine();
        }
    }

    private void AddStatistics(Draws statistics)
    {
        foreach (string name in SamplerColumns.All)
        {
            if (statistics.Contains(name))
            {
                AddStatistic(statistics.Variable(name));
            }
        }
        foreach (DrawsVariable variable in statistics.Variables)
        {
            if (!variable.Name.EndsWith("__", StringComparison.Ordinal))
            {
                throw new ArgumentException($"The statistic \"{variable.Name}\" must end in two underscores, as \"{variable.Name}__\", so that readers can tell it from a parameter.", nameof(statistics));
            }
            if (!SamplerColumns.All.Contains(variable.Name))
            {
                AddStatistic(variable);
            }
        }
    }

    private void AddStatistic(DrawsVariable variable) => Add(variable, CmdStanHeader.AllColumnsOf(variable.Name, variable.EventShape));

    private void Add(DrawsVariable variable, IEnumerable<(string Name, int Place)> places)
    {
        foreach ((string name, int place) in places)
        {
            columns.Add((name, variable.Scalar(place)));
        }
    }

    private void WriteAdaptation(StreamWriter text, int chain)
    {
        text.WriteLine("# Adaptation terminated");
        foreach ((string name, double[] values) in columns)
        {
            if (name == SamplerColumns.StepSize)
            {
                text.WriteLine("# Step size = " + CmdStanHeader.Number(values[((chain + 1) * draws) - 1]));
            }
        }
    }
}
