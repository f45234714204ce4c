namespace Pyrite.Inference.Exchange;

/// <summary>Writes chains as CmdStan does.</summary>
internal sealed class CmdStanWriter
{
    private readonly CmdStanRun run;
    private readonly int draws;
    private readonly bool isSampled;
    private readonly List<(string Name, double[] Values)> columns = [];
    private readonly string[] parts;

    public CmdStanWriter(Draws draws, Draws? statistics, CmdStanRun run)
    {
        this.run = run;
        this.draws = draws.DrawsPerChain;
        if (statistics is not null)
        {
            if (statistics.Chains != draws.Chains || statistics.DrawsPerChain != draws.DrawsPerChain)
            {
                throw new ArgumentException(
                    $"The sampler's statistics are of {statistics.Chains} chains of {statistics.DrawsPerChain}, the draws "
                        + $"of {draws.Chains} of {draws.DrawsPerChain}.", nameof(statistics));
            }
            AddStatistics(statistics);
        }
        // Readers expect all that a sampler of Stan's kind reports, or that parameters were fixed.
        isSampled = !run.IsForeign && SamplerColumns.All.All(name => columns.Exists(column => column.Name == name));
        if (!isSampled)
        {
            AddMissing(draws.Count);
        }
        foreach (DrawsVariable variable in draws.Variables)
        {
            Add(variable, CmdStanHeader.ColumnsOf(variable.Name, variable.EventShape));
        }
        parts =
            [
                .. CmdStanPart.Lines(draws.Variables.Select(variable => (variable.Name, variable.Part))),
                .. CmdStanAxes.Lines(draws.Variables.Select(variable => (variable.Name, variable.Dimensions, variable.EntryNames))),
            ];
    }

    public void WriteChain(Stream stream, int chain)
    {
        using StreamWriter text = new(stream, leaveOpen: true) { NewLine = "\n" };
        CmdStanAdaptation adaptation = AdaptationOf(chain);
        WriteLines(text, CmdStanHeader.Settings(run, draws, chain, isSampled ? CmdStanMetric.NameOf(adaptation.Metric) : null));
        WriteLines(text, parts);
        for (int column = 0; column < columns.Count; column++)
        {
            text.Write(column == 0 ? "" : ",");
            text.Write(columns[column].Name);
        }
        text.WriteLine();
        if (isSampled)
        {
            WriteLines(text, CmdStanMetric.Lines(adaptation));
        }
        for (int draw = chain * draws; draw < (chain + 1) * draws; draw++)
        {
            for (int column = 0; column < columns.Count; column++)
            {
                text.Write(column == 0 ? "" : ",");
                text.Write(CmdStanHeader.Number(columns[column].Values[draw]));
            }
            text.WriteLine();
        }
        WriteLines(text, CmdStanMetric.Times(adaptation.WarmupSeconds, adaptation.SamplingSeconds));
    }

    private static void WriteLines(StreamWriter text, IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            text.WriteLine(line);
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
                throw new ArgumentException(
                    $"The statistic \"{variable.Name}\" must end in two underscores, as \"{variable.Name}__\", so that readers can tell it from a "
                        + "parameter.", nameof(statistics));
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

    /// <summary>Programs that read fixed parameters expect these two columns, and zeros in them.</summary>
    private void AddMissing(int count)
    {
        if (!columns.Exists(column => column.Name == SamplerColumns.LogDensity))
        {
            columns.Insert(0, (SamplerColumns.LogDensity, new double[count]));
        }
        if (!columns.Exists(column => column.Name == SamplerColumns.AcceptanceProbability))
        {
            columns.Insert(1, (SamplerColumns.AcceptanceProbability, new double[count]));
        }
    }

    private CmdStanAdaptation AdaptationOf(int chain) => chain < run.Adaptations.Count
        ? run.Adaptations[chain]
        : new CmdStanAdaptation(columns.Find(column => column.Name == SamplerColumns.StepSize).Values?[((chain + 1) * draws) - 1] ?? 1, null);
}
