using System.Globalization;
using Pyrite.Testing;

namespace Pyrite.Tests;

/// <summary>Draws as the judge of posteriordb wants them: Pyrite's own summary under the names of the reference.</summary>
internal static class JudgedDraws
{
    /// <summary>Stage 0 of a compiled density: its gradient against differences of itself at one unconstrained point.</summary>
    public static void Gradient(PosteriorReference reference, Potential potential, double[] point) =>
        PosteriordbJudge.Gradient(reference, point, x => potential.LogDensity(x), x =>
        {
            double[] gradient = new double[x.Length];
            potential.LogDensity(x, gradient);
            return gradient;
        });

    /// <summary>Every scalar of a reference.</summary>
    /// <param name="draws">The draws.</param>
    /// <param name="reference">The posterior.</param>
    /// <param name="nameOf">From a reference's name to that of the draws; by default indices are lowered by one, <c>theta[1]</c> to
    /// <c>theta[0]</c>.</param>
    public static IReadOnlyList<JudgedScalar> Of(Draws draws, PosteriorReference reference, Func<string, string>? nameOf = null)
    {
        Summary summary = draws.Summary();
        return [
            .. reference.Parameters.Keys
            .Select(name => Scalar(name, summary[(nameOf ?? FromZero)(name)], draws.Scalar((nameOf ?? FromZero)(name)), draws.Chains))];
    }

    /// <summary>What the sampler reported.</summary>
    public static SamplerReport Report(Draws statistics, int maximumTreeDepth) => new(
        statistics.Count,
        statistics.Scalar(SamplerColumns.Divergent).Count(divergent => divergent > 0),
        statistics.Scalar(SamplerColumns.TreeDepth).Count(depth => depth >= maximumTreeDepth),
        ChainDiagnostics.EnergyBfmi(statistics.Scalar(SamplerColumns.Energy), statistics.Chains).Min());

    /// <summary>Judges a run of four chains by all stages.</summary>
    /// <param name="reference">The posterior.</param>
    /// <param name="model">The model with its data.</param>
    /// <param name="lengths">How many draws of warm-up, and how many after it.</param>
    /// <param name="isShort">Whether the run is too short for the full demands on convergence.</param>
    /// <param name="reported">Draws of everything that the reference reports.</param>
    /// <param name="sampler">How to draw; NUTS as it comes if not given.</param>
    /// <param name="start">Where chains begin; anywhere if not given.</param>
    /// <param name="isCentred">Whether a few divergences are to be expected.</param>
    /// <returns>The run.</returns>
    public static McmcResult Judge(PosteriorReference reference, Action model, (int Warmup, int Draws) lengths, bool isShort,
        Func<McmcResult, Draws> reported, Nuts? sampler = null, InitialValues? start = null, bool isCentred = false)
    {
        sampler ??= new Nuts();
        McmcResult posterior = Mcmc.Run(model, sampler, warmup: lengths.Warmup, draws: lengths.Draws, seed: 1, start: start);
        IReadOnlyList<JudgedScalar> scalars = Of(reported(posterior), reference);
        PosteriordbJudge.Convergence(reference.Name, scalars, Report(posterior.Statistics, sampler.MaximumTreeDepth), isShort, isCentred);
        PosteriordbJudge.Moments(reference, scalars);
        return posterior;
    }

    private static string FromZero(string name)
    {
        int bracket = name.IndexOf('[');
        return bracket < 0 ? name : $"{name[..bracket]}[{string.Join(',', name[(bracket + 1)..^1].Split(',').Select(OneLess))}]";
    }

    private static string OneLess(string index) =>
        (int.Parse(index, CultureInfo.InvariantCulture) - 1).ToString(CultureInfo.InvariantCulture);

    private static JudgedScalar Scalar(string name, SummaryRow row, double[] values, int chains) => new(
        name,
        new ReferenceMoments(row.Mean, row.McseMean, row.StandardDeviation, row.McseStandardDeviation,
            [.. new[] { 0.05, 0.5, 0.95 }
                .Select(p => new ReferenceQuantile(p, SampleStatistics.Quantile(values, p), ChainDiagnostics.McseQuantile(values, chains, p)))]),
        row.RHat,
        row.EssBulk,
        row.EssTail);
}
