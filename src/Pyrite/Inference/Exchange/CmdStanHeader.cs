using System.Globalization;
using Pyrite.Language.Sites;

namespace Pyrite.Inference.Exchange;

/// <summary>What stands above the numbers of a CmdStan file: comments on the run, and the names of the columns.</summary>
internal static class CmdStanHeader
{
    /// <summary>The comment with the number of draws; files that grow pad it, so that a run that is made longer can write its new number in
    /// place.</summary>
    public const string SamplesLine = "#     num_samples = ";

    /// <summary>The longest number of draws: that of <see cref="int.MaxValue"/>.</summary>
    public const int SamplesDigits = 10;

    /// <summary>The columns of a quantity, with the row-major place of each one's number: the first index runs fastest in Stan.</summary>
    /// <exception cref="ArgumentException">The name cannot stand in a header.</exception>
    public static IEnumerable<(string Name, int Place)> ColumnsOf(string name, Shape shape)
    {
        if (name.EndsWith("__", StringComparison.Ordinal))
        {
            throw new ArgumentException(
                $"\"{name}\" ends in two underscores, which marks what a sampler reports. Rename it, or pass it with the statistics.", nameof(name));
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
            string suffix = EntryIndex.Text(shape, flat, 1, '.');
            yield return (suffix.Length == 0 ? name : name + "." + suffix, flat);
        }
    }

    /// <summary>The comments on the settings of a run, as CmdStan 2.36 writes them.</summary>
    /// <remarks>Switches are 0 and 1, as in versions before 2.35: rstan 2.21 reads no others, and the other readers take both.</remarks>
    /// <param name="run">The run.</param>
    /// <param name="draws">How many draws the file has or will have.</param>
    /// <param name="chain">Which chain, from 0.</param>
    /// <param name="metric">The name of its metric; null where no sampler of Stan's kind made the draws.</param>
    public static IEnumerable<string> Settings(CmdStanRun run, int draws, int chain, string? metric)
    {
        yield return "# stan_version_major = 2";
        yield return "# stan_version_minor = 36";
        yield return "# stan_version_patch = 0";
        yield return $"# model = {run.Model.ReplaceLineEndings(" ").Replace('=', ':')}";
        yield return "# method = sample (Default)";
        yield return "#   sample";
        yield return SamplesLine + Whole((long)draws * run.Thin);
        yield return "#     num_warmup = " + Whole(run.Warmup);
        yield return "#     save_warmup = 0 (Default)";
        yield return "#     thin = " + Whole(run.Thin);
        yield return "#     adapt";
        yield return "#       engaged = 1 (Default)";
        yield return "#       gamma = 0.05 (Default)";
        yield return "#       delta = " + Number(run.TargetAcceptance);
        yield return "#       kappa = 0.75 (Default)";
        yield return "#       t0 = 10 (Default)";
        yield return "#       init_buffer = 75 (Default)";
        yield return "#       term_buffer = 50 (Default)";
        yield return "#       window = 25 (Default)";
        yield return "#       save_metric = 0 (Default)";
        foreach (string line in metric is null ? ["#     algorithm = fixed_param", "#       fixed_param"] : Hamiltonian(run, metric))
        {
            yield return line;
        }
        yield return "#     num_chains = 1 (Default)";
        yield return "# id = " + Whole(chain + 1);
        yield return "# data";
        yield return "#   file =  (Default)";
        yield return "# init = 2 (Default)";
        yield return "# random";
        yield return "#   seed = " + run.Seed.ToString(CultureInfo.InvariantCulture);
        yield return "# output";
        yield return "#   file = output.csv (Default)";
        yield return "#   diagnostic_file =  (Default)";
        yield return "#   refresh = 100 (Default)";
        yield return "#   sig_figs = 17";
        yield return "#   profile_file = profile.csv (Default)";
        yield return "#   save_cmdstan_config = 0 (Default)";
        yield return "# num_threads = 1 (Default)";
        yield return "# stanc_version = none, written by Pyrite";
        yield return "# stancflags = ";
    }

    /// <summary>A number that reads back exactly.</summary>
    public static string Number(double value) => double.IsFinite(value)
        ? value.ToString("R", CultureInfo.InvariantCulture)
        : double.IsNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";

    private static string[] Hamiltonian(CmdStanRun run, string metric) =>
    [
        "#     algorithm = hmc (Default)",
        "#       hmc",
        .. run.TrajectoryLength is { } length
            ? (string[])["#         engine = static", "#           static", "#             int_time = " + Number(length)]
            : ["#         engine = nuts (Default)", "#           nuts"],
        // CmdStanPy compares tree depths with it, whatever the engine.
        "#             max_depth = " + Whole(run.MaximumTreeDepth),
        $"#         metric = {metric}{(metric == CmdStanMetric.Diagonal ? " (Default)" : "")}",
        "#         metric_file =  (Default)",
        "#         stepsize = 1 (Default)",
        "#         stepsize_jitter = " + Number(run.StepSizeJitter) + (run.StepSizeJitter == 0 ? " (Default)" : ""),
    ];

    private static string Whole(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static void CheckName(string name)
    {
        bool isPlain = name[0] != '#' && name.AsSpan().IndexOfAny("\",\r\n\t ") < 0 && !name.EndsWith('.');
        if (!isPlain || CmdStanName.Of(name) is not { Index.Length: 0 } whole || whole.Quantity != name)
        {
            throw new ArgumentException(
                $"\"{name}\" cannot be the name of a CmdStan column: it may hold no quotes, commas or blanks, not begin with #, and not end as an "
                    + "index does (in a dot and digits, or in brackets). Rename it.", nameof(name));
        }
    }
}
