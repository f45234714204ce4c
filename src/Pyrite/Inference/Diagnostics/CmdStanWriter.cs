using System.Globalization;

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
            if (variable.Name.EndsWith("__", StringComparison.Ordinal))
            {
                throw new ArgumentException($"\"{variable.Name}\" ends in two underscores, which marks what a sampler reports. Rename it, or pass it with the statistics.", nameof(draws));
            }
            Add(variable);
        }
    }

    public void WriteChain(Stream stream, int chain)
    {
        using StreamWriter text = new(stream, leaveOpen: true) { NewLine = "\n" };
        foreach (string line in Settings(chain))
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
                text.Write(Number(columns[column].Values[draw]));
            }
            text.WriteLine();
        }
    }

    private static string Number(double value) => double.IsFinite(value)
        ? value.ToString("R", CultureInfo.InvariantCulture)
        : double.IsNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";

    private void AddStatistics(Draws statistics)
    {
        foreach (string name in SamplerColumns.All)
        {
            if (statistics.Contains(name))
            {
                Add(statistics.Variable(name));
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
                Add(variable);
            }
        }
    }

    // The first index runs fastest in Stan, the last one in row-major draws.
    private void Add(DrawsVariable variable)
    {
        CheckName(variable.Name);
        int[] sizes = variable.EventShape.Sizes.ToArray();
        for (int rank = 0; rank < variable.Size; rank++)
        {
            int left = rank, flat = 0, stride = 1;
            int[] index = new int[sizes.Length];
            for (int axis = 0; axis < sizes.Length; axis++)
            {
                index[axis] = left % sizes[axis];
                left /= sizes[axis];
            }
            for (int axis = sizes.Length - 1; axis >= 0; axis--)
            {
                flat += index[axis] * stride;
                stride *= sizes[axis];
            }
            string suffix = DrawsVariable.IndexText(variable.EventShape, flat, 1, '.');
            columns.Add((suffix.Length == 0 ? variable.Name : variable.Name + "." + suffix, variable.Scalar(flat)));
        }
    }

    private static void CheckName(string name)
    {
        bool isPlain = name[0] != '#' && name.AsSpan().IndexOfAny("\",\r\n\t ") < 0;
        string last = name[(name.LastIndexOf('.') + 1)..];
        bool endsInIndex = last.Length < name.Length && (last.Length == 0 || !last.AsSpan().ContainsAnyExceptInRange('0', '9'));
        if (!isPlain || endsInIndex)
        {
            throw new ArgumentException($"\"{name}\" cannot be the name of a CmdStan column: it may hold no quotes, commas or blanks, not begin with # and not end in a dot and digits. Rename it.", nameof(name));
        }
    }

    private string[] Settings(int chain) =>
    [
        "# stan_version_major = 2",
        "# stan_version_minor = 36",
        "# stan_version_patch = 0",
        $"# model = {run.Model.ReplaceLineEndings(" ")}",
        "# method = sample (Default)",
        "#   sample",
        Setting("    num_samples", draws * run.Thin),
        Setting("    num_warmup", run.Warmup),
        "#     save_warmup = 0 (Default)",
        Setting("    thin", run.Thin),
        "#     adapt",
        "#       engaged = 1 (Default)",
        Setting("      delta", run.TargetAcceptance),
        "#     algorithm = hmc (Default)",
        "#       hmc",
        "#         engine = nuts (Default)",
        "#           nuts",
        Setting("            max_depth", run.MaximumTreeDepth),
        "#         metric = diag_e (Default)",
        Setting("id", chain + 1),
        "# random",
        "#   seed = " + run.Seed.ToString(CultureInfo.InvariantCulture),
    ];

    private static string Setting(string name, double value) => $"# {name} = {value.ToString("R", CultureInfo.InvariantCulture)}";

    private void WriteAdaptation(StreamWriter text, int chain)
    {
        text.WriteLine("# Adaptation terminated");
        foreach ((string name, double[] values) in columns)
        {
            if (name == SamplerColumns.StepSize)
            {
                text.WriteLine("# Step size = " + Number(values[((chain + 1) * draws) - 1]));
            }
        }
    }
}
