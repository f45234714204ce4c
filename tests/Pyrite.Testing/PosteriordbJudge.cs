using System.Globalization;

namespace Pyrite.Testing;

/// <summary>Judges a sampler against posteriordb in three stages, by the rules that come with the reference files.</summary>
/// <remarks>A perfect sampler fails one case in 0.2 % of runs (stage 2), so seeds are fixed.</remarks>
public static class PosteriordbJudge
{
    private const string GaussianProcess = "gp_pois_regr-gp_regr";
    private const string LotkaVolterra = "hudson_lynx_hare-lotka_volterra";

    /// <summary>Stage 0: differences of log densities between the points of the file.</summary>
    /// <param name="reference">The posterior.</param>
    /// <param name="logDensity">The log posterior density of the constrained parameters, no Jacobian, any constant; its argument is ordered as
    /// <see cref="PosteriorReference.LogDensityParameters"/>.</param>
    public static void LogDensity(PosteriorReference reference, Func<double[], double> logDensity)
    {
        double tolerance = reference.Name switch { GaussianProcess => 1e-5, LotkaVolterra => 1e-4, _ => 1e-8 };
        double first = logDensity(reference.LogDensityPoints[0]);
        List<string> failures = [];
        for (int i = 1; i < reference.LogDensityPoints.Count; i++)
        {
            double got = logDensity(reference.LogDensityPoints[i]) - first, want = reference.LogDensityDifferences[i];
            if (!(Math.Abs(got - want) <= tolerance * (1 + Math.Abs(want))))
            {
                failures.Add($"point {i}: log density minus that of point 0 is {Show(got)}, want {Show(want)}");
            }
        }
        Fail(reference.Name, failures);
    }

    /// <summary>Stage 0: the gradient against central differences (of fourth order) at one unconstrained point.</summary>
    /// <param name="reference">The posterior.</param>
    /// <param name="point">The point.</param>
    /// <param name="logDensity">The log density of unconstrained parameters, Jacobian included.</param>
    /// <param name="gradient">Its gradient.</param>
    public static void Gradient(PosteriorReference reference, double[] point, Func<double[], double> logDensity, Func<double[], double[]> gradient)
    {
        double tolerance = reference.Name == LotkaVolterra ? 1e-4 : 1e-6;
        double[] got = gradient(point);
        double largest = Math.Max(1, got.Max(Math.Abs));
        List<string> failures = [];
        for (int i = 0; i < point.Length; i++)
        {
            double step = 1e-3 * Math.Max(1e-2, Math.Abs(point[i]));
            double At(double steps)
            {
                double[] moved = [.. point];
                moved[i] += steps * step;
                return logDensity(moved);
            }
            double want = ((8 * (At(1) - At(-1))) - (At(2) - At(-2))) / (12 * step);
            if (!(Math.Abs(got[i] - want) <= tolerance * largest))
            {
                failures.Add($"entry {i} of the gradient is {Show(got[i])}, central differences give {Show(want)}");
            }
        }
        Fail(reference.Name, failures);
    }

    /// <summary>Stage 1: whether chains converged, from four of them.</summary>
    /// <param name="name">The posterior.</param>
    /// <param name="scalars">Every reported scalar.</param>
    /// <param name="report">What went on while sampling, after warm-up.</param>
    /// <param name="isShort">Whether this is the short run of everyday tests, with lower demands on R-hat and effective sizes.</param>
    /// <param name="isCentred">Whether the model is centred, so that 0.1 % of divergences are allowed.</param>
    public static void Convergence(string name, IReadOnlyList<JudgedScalar> scalars, SamplerReport report, bool isShort = false,
        bool isCentred = false)
    {
        (double largestRHat, double leastBulk, double leastTail) = isShort ? (1.05, 400, 0) : (1.01, 2000, 1000);
        List<string> failures = [];
        foreach (JudgedScalar scalar in scalars)
        {
            AddUnless(scalar.RHat < largestRHat, failures, $"{scalar.Name}: R-hat {Show(scalar.RHat)}, want below {Show(largestRHat)}");
            AddUnless(scalar.EssBulk >= leastBulk, failures, $"{scalar.Name}: bulk ESS {Show(scalar.EssBulk)}, want at least {Show(leastBulk)}");
            AddUnless(isShort || scalar.EssTail >= leastTail, failures,
                $"{scalar.Name}: tail ESS {Show(scalar.EssTail)}, want at least {Show(leastTail)}");
        }
        AddUnless(report.Divergent <= (isCentred ? 0.001 * report.Transitions : 0), failures,
            $"{report.Divergent} of {report.Transitions} transitions diverged");
        AddUnless(report.LowestEnergyBfmi > 0.3, failures, $"E-BFMI {Show(report.LowestEnergyBfmi)}, want above 0.3");
        AddUnless(report.AtDepthLimit < 0.01 * report.Transitions, failures,
            $"{report.AtDepthLimit} of {report.Transitions} transitions hit the depth limit, want less than 1 %");
        Fail(name, failures);
    }

    /// <summary>Stage 2: means, standard deviations and quantiles of every scalar of the reference.</summary>
    public static void Moments(PosteriorReference reference, IReadOnlyList<JudgedScalar> scalars)
    {
        List<string> failures = [];
        foreach ((string name, ReferenceMoments want) in reference.Parameters)
        {
            if (scalars.FirstOrDefault(scalar => scalar.Name == name) is not { Moments: { } got })
            {
                failures.Add($"{name}: not reported");
                continue;
            }
            double sd = want.StandardDeviation, share = reference.Name == LotkaVolterra ? 0.05 : 0.02;
            Compare(failures, $"{name}: mean", got.Mean, got.MeanError, want.Mean, want.MeanError, share * sd);
            Compare(failures, $"{name}: sd", got.StandardDeviation, got.StandardDeviationError, sd, want.StandardDeviationError, 0.03 * sd);
            foreach (ReferenceQuantile quantile in want.Quantiles)
            {
                ReferenceQuantile found = got.Quantiles.First(one => one.Probability == quantile.Probability);
                Compare(failures, $"{name}: quantile {Show(quantile.Probability)}", found.Value, found.Error, quantile.Value, quantile.Error,
                    0.03 * sd);
            }
        }
        Fail(reference.Name, failures);
    }

    private static void Compare(List<string> failures, string what, double got, double gotError, double want, double wantError, double slack)
    {
        double allowed = (4 * Math.Sqrt((gotError * gotError) + (wantError * wantError))) + slack;
        AddUnless(Math.Abs(got - want) <= allowed, failures,
            $"{what} {Show(got)} ± {Show(gotError)}, want {Show(want)} ± {Show(wantError)}, allowed difference {Show(allowed)}");
    }

    private static void AddUnless(bool isFine, List<string> failures, string failure)
    {
        if (!isFine)
        {
            failures.Add(failure);
        }
    }

    private static void Fail(string name, List<string> failures)
    {
        if (failures.Count > 0)
        {
            throw new CheckFailedException($"{name}: {failures.Count} checks failed.\n{string.Join('\n', failures)}");
        }
    }

    private static string Show(double value) => value.ToString("G6", CultureInfo.InvariantCulture);
}
