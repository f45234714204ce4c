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

    /// <summary>The page of a fit.</summary>
    public static void Save(SviResult fit, string path, Draws? posterior, string title)
    {
        double last = fit.Losses.Count > 0 ? fit.Losses[^1] : double.NaN;
        RunReport report = new(title, string.Create(CultureInfo.InvariantCulture,
            $"Variational inference, {fit.Losses.Count} steps, ended by {fit.StopReason}, last loss {last:G6}"));
        report.AddAdvice(fit.Advice, "The loss no longer falls, and every parameter has learnt.");
        if (fit.Losses.Count > 0)
        {
            report.AddLosses(fit.Losses);
        }
        if (posterior is not null)
        {
            Add(report, posterior.Summary());
            report.AddDraws(posterior, null);
        }
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

    private static void Add(RunReport report, Summary summary) =>
        report.AddTable("Summary", SummaryText.Header(summary), summary.Rows.Select(row => SummaryText.Cells(summary, row)));

    private static void AddModel(RunReport report, Action model, Draws draws)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        report.AddGraph(Inspect.Graph(model));
        Dictionary<string, Tensor> observed = Trace.Of(model, new SeedHandler(0)).SampleSites
            .Where(site => site.IsObserved && site.Distribution is not Unit && site.Value.Count > 0)
            .ToDictionary(site => site.Name, site => site.Value);
        if (observed.Count == 0)
        {
            return;
        }
        report.AddTable("Data", ["", "shape", "smallest", "mean", "largest"], observed.Select(site => Row(site.Key, site.Value)));
        Draws few = draws.Thin(Math.Max(1, draws.Count / MostPredictions));
        Draws predictive = Predictive.Draw(_ => model(), 0, few);
        Dictionary<string, Tensor> whole = observed.Where(site => predictive.Contains(site.Key)
            && predictive.Variable(site.Key).Size == site.Value.Count).ToDictionary();
        if (whole.Count > 0)
        {
            report.AddChecks(predictive, whole);
        }
    }

    private static string[] Row(string name, Tensor value)
    {
        double[] numbers = value.ToArray<double>();
        return [name, $"{value.Shape}", Short(numbers.Min()), Short(numbers.Average()), Short(numbers.Max())];
    }

    private static string Count(Draws draws) => draws.HasChains
        ? string.Create(CultureInfo.InvariantCulture, $"{draws.Chains} chains of {draws.DrawsPerChain} draws")
        : string.Create(CultureInfo.InvariantCulture, $"{draws.Count} draws");

    private static string Short(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
}
