using System.Globalization;

namespace Pyrite.Diagnostics;

/// <summary>What stands above the numbers of a CmdStan file: comments on the run, and the names of the columns.</summary>
internal static class CmdStanHeader
{
    /// <summary>The columns of a quantity, with the row-major place of each one's number: the first index runs fastest in Stan.</summary>
    /// <exception cref="ArgumentException">The name cannot stand in a header.</exception>
    public static IEnumerable<(string Name, int Place)> ColumnsOf(string name, Shape shape)
    {
        if (name.EndsWith("__", StringComparison.Ordinal))
        {
            throw new ArgumentException($"\"{name}\" ends in two underscores, which marks what a sampler reports. Rename it, or pass it with the statistics.", nameof(name));
        }
        return AllColumnsOf(name, shape);
    }

    /// <summary>The same for what a sampler reports as well.</summary>
    public static IEnumerable<(string Name, int Place)> AllColumnsOf(string name, Shape shape)
    {
        CheckName(name);
        int[] sizes = shape.Sizes.ToArray();
        for (int rank = 0; rank < shape.Count; rank++)
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
            string suffix = DrawsVariable.IndexText(shape, flat, 1, '.');
            yield return (suffix.Length == 0 ? name : name + "." + suffix, flat);
        }
    }

    /// <summary>The comments on the settings of a run.</summary>
    public static string[] Settings(CmdStanRun run, int draws, int chain) =>
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

    /// <summary>A number that reads back exactly.</summary>
    public static string Number(double value) => double.IsFinite(value)
        ? value.ToString("R", CultureInfo.InvariantCulture)
        : double.IsNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";

    private static string Setting(string name, double value) => $"# {name} = {value.ToString("R", CultureInfo.InvariantCulture)}";

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
}
