using System.Globalization;

namespace Pyrite.Inference.Reports;

/// <summary>What goes onto the pages of variational inference.</summary>
internal static class ReportOfFit
{
    /// <summary>Of more data a density says little, and the page would become large.</summary>
    private const int MostCheckedNumbers = 10_000;

    private const int Predictions = 40;
    private const int MostParameters = 100;

    /// <summary>The page of a result alone.</summary>
    public static void Save(SviResult fit, string path, Draws? posterior, string title)
    {
        RunReport report = Begin(fit, title, "");
        AddPosterior(report, posterior);
        report.Save(path);
    }

    /// <summary>The page of a result with the inference that gave it.</summary>
    public static void Save<T>(Svi<T> svi, SviResult fit, T data, string path, Draws? posterior, string title,
        IReadOnlyList<(string Name, byte[] Png)> pictures)
    {
        RunReport report = Begin(fit, title, string.Create(CultureInfo.InvariantCulture, $", seed {svi.Seed}"));
        foreach ((string name, byte[] png) in pictures)
        {
            report.AddPicture(name, png);
        }
        AddPosterior(report, posterior);
        report.AddTable("Settings", ["", "value"], Settings(svi));
        (ModelGraph graph, Dictionary<string, Tensor> observed) = svi.Look(data, (model, parameters) =>
            (Inspect.Graph(model, parameters), ReportOfRun.ObservedSites(Trace.Of(model, new SeedHandler(svi.Seed), parameters))));
        report.AddGraph(graph);
        AddParameters(report, svi.Parameters);
        if (observed.Count > 0)
        {
            bool isSmall = observed.Values.Sum(value => value.Count) <= MostCheckedNumbers;
            ReportOfRun.AddData(report, observed, isSmall ? () => svi.Predict(data, Predictions) : null);
        }
        report.Save(path);
    }

    private static RunReport Begin(SviResult fit, string title, string more)
    {
        double last = fit.Losses.Count > 0 ? fit.Losses[^1] : double.NaN;
        RunReport report = new(title, string.Create(CultureInfo.InvariantCulture,
            $"Variational inference, {fit.Losses.Count} steps, ended by {fit.StopReason}, last loss {last:G6}{more}"));
        report.AddAdvice(fit.Advice, "The loss no longer falls, and every parameter has learnt.");
        if (fit.Losses.Count > 0)
        {
            report.AddLosses(fit.Losses);
        }
        return report;
    }

    private static void AddPosterior(RunReport report, Draws? posterior)
    {
        if (posterior is not null)
        {
            ReportOfRun.Add(report, posterior.Summary());
            report.AddDraws(posterior, null);
        }
    }

    private static IEnumerable<string[]> Settings<T>(Svi<T> svi)
    {
        yield return ["objective", NameOf(svi.Objective)];
        yield return ["particles", Whole(svi.Objective.Particles)];
        yield return ["optimizer", NameOf(svi.Optimizer)];
        yield return ["learning rate", svi.Optimizer.LearningRate.ToString("R", CultureInfo.InvariantCulture)
            + (svi.Optimizer.Schedule is { } schedule ? $" at the end, by {NameOf(schedule)}" : "")];
        if (svi.Groups.Count > 0)
        {
            yield return ["groups of parameters", Whole(svi.Groups.Count)];
        }
        if (svi.MaxGradientNorm is { } norm)
        {
            yield return ["largest norm of gradients", norm.ToString("R", CultureInfo.InvariantCulture)];
        }
        yield return ["seed", svi.Seed.ToString(CultureInfo.InvariantCulture)];
        yield return ["steps in all", Whole(svi.StepCount)];
        yield return ["steps skipped", Whole(svi.SkippedCount)];
    }

    private static void AddParameters(RunReport report, ParamStore parameters)
    {
        string[] names = [.. parameters.Names];
        report.AddTable(names.Length <= MostParameters ? "Parameters"
                : string.Create(CultureInfo.InvariantCulture, $"The first {MostParameters} of {names.Length} parameters"),
            ["", "shape", "smallest", "mean", "largest"], names.Take(MostParameters).Select(name => ReportOfRun.Row(name, parameters[name])));
    }

    private static string NameOf(object part) => part.GetType().Name;

    private static string Whole(long number) => number.ToString(CultureInfo.InvariantCulture);
}
