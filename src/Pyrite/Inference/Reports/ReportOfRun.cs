using System.Globalization;
using Pyrite.Inference.Diagnostics.Summaries;
using Pyrite.Inference.Runs;

namespace Pyrite.Inference.Reports;

/// <summary>What goes onto the pages of runs.</summary>
internal static class ReportOfRun
{
    private const int MostPredictions = 200;

    /// <summary>The page of a run of MCMC.</summary>
    public static void Save(McmcResult result, string path, Action? model, string title)
    {
        RunReport report = new(title, Settings(result.Settings, result.Draws));
        Summary summary = result.Summary();
        report.AddAdvice(summary.Advice, "No divergences, and chains that agree: nothing speaks against these draws.");
        Add(report, summary);
        if (model is not null)
        {
            AddModel(report, model, result.Draws);
        }
        bool isMarked = result.Statistics.Contains(SamplerColumns.Divergent);
        report.AddDraws(result.Draws, isMarked ? result.Statistics.Scalar(SamplerColumns.Divergent) : null);
        report.Save(path);
    }

    /// <summary>The page of some draws.</summary>
    public static void Save(Draws draws, string path, string title)
    {
        RunReport report = new(title, Count(draws));
        Summary summary = draws.Summary();
        report.AddAdvice(summary.Advice, "Nothing speaks against these draws.");
        Add(report, summary);
        report.AddDraws(draws, null);
        report.Save(path);
    }

    private static string Settings(McmcSettings settings, Draws draws)
    {
        string acceptance =
            settings.Sampler is HamiltonianSampler sampler ? FormattableString.Invariant($" with target acceptance {sampler.TargetAcceptance}") : "";
        string thinning = settings.Thinning > 1 ? FormattableString.Invariant($" of {settings.Thinning} transitions each") : "";
        string name = settings.Sampler switch
        {
            Nuts => "NUTS",
            Hmc => "HMC",
            Sampler other => other.GetType().Name,
        };
        return FormattableString.Invariant($"{name}{acceptance}, {draws.Chains} chains of {settings.Warmup} warm-up ")
            + FormattableString.Invariant($"transitions and {draws.DrawsPerChain} draws{thinning}, seed {settings.Seed}");
    }

    /// <summary>The table of a summary.</summary>
    public static void Add(RunReport report, Summary summary) =>
        report.AddTable("Summary", SummaryText.Header(summary), summary.Rows.Select(row => SummaryText.Cells(summary, row)));

    private static void AddModel(RunReport report, Action model, Draws draws)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        report.AddGraph(Inspect.Graph(model));
        Dictionary<string, Tensor> observed = ObservedSites(Trace.Of(model, new SeedHandler(0)));
        if (observed.Count > 0)
        {
            AddData(report, observed, () =>
                Predictive.Draw(_ => model(), 0, draws.Thin(Math.Max(1, draws.Count / MostPredictions))));
        }
    }

    /// <summary>The data of a run of a model, by site.</summary>
    public static Dictionary<string, Tensor> ObservedSites(Trace trace) => trace.SampleSites
        .Where(site => site.IsObserved && site.Distribution is not Unit && site.Value.Count > 0)
        .ToDictionary(site => site.Name, site => site.Value);

    /// <summary>Data as a table, and over data sets that the model draws.</summary>
    public static void AddData(RunReport report, Dictionary<string, Tensor> observed, Func<Draws>? predict)
    {
        report.AddTable("Data", ["", "shape", "smallest", "mean", "largest"], observed.Select(site => Row(site.Key, site.Value)));
        if (predict is null)
        {
            return;
        }
        Draws predictive = predict();
        Dictionary<string, Tensor> whole = observed.Where(site => predictive.Contains(site.Key)
            && predictive.Variable(site.Key).Size == site.Value.Count).ToDictionary();
        if (whole.Count > 0)
        {
            report.AddChecks(predictive, whole);
        }
    }

    /// <summary>The name of a tensor with its shape and the range of its numbers.</summary>
    public static string[] Row(string name, Tensor value)
    {
        double[] numbers = value.ToArray<double>();
        return [name, $"{value.Shape}", Short(numbers.Min()), Short(numbers.Average()), Short(numbers.Max())];
    }

    private static string Count(Draws draws) => draws.HasChains
        ? string.Create(CultureInfo.InvariantCulture, $"{draws.Chains} chains of {draws.DrawsPerChain} draws")
        : string.Create(CultureInfo.InvariantCulture, $"{draws.Count} draws");

    private static string Short(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
}
