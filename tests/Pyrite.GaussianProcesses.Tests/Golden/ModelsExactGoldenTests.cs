using Pyrite.Testing;

namespace Pyrite.GaussianProcesses.Tests.Golden;

/// <summary>Exact regression: matrices, likelihoods with their gradients, predictions, leave-one-out.</summary>
[Trait("Once", "Cultures")]
public sealed class ModelsExactGoldenTests
{
    public static TheoryData<string> Names => [.. GoldenCase.Names("gp.json", "gp-exact")];

    [Theory, MemberData(nameof(Names))]
    public void An_exact_process_agrees(string name)
    {
        GoldenCase c = GoldenCase.Find("gp.json", name);
        GoldenVariables variables = new();
        Kernel kernel = GoldenKernel.Of(c.Json.GetProperty("kernel"), variables);
        Tensor x = c.Input("X"), y = c.Input("y"), mean = variables.Of("mean", c.Json.GetProperty("mean"));
        Tensor noise = variables.Of("noise_variance", c.Json.GetProperty("noise_variance"));
        GaussianProcess process = new(kernel, x, noise, mean, c.Json.Optional("jitter")?.GetDouble() ?? 0);
        Tensor logDensity = process.LogProb(y);

        c.Check("gram", () => kernel.Gram(x));
        c.Check("log_marginal_likelihood", () => logDensity);
        variables.Check(logDensity, c.Expected.GetProperty("gradient"), c.Rtol, c.Atol, name);
        CheckPredictions(c, process, y, noise);
    }

    private static void CheckPredictions(GoldenCase c, GaussianProcess process, Tensor y, Tensor noise)
    {
        if (c.Json.Optional("X_new") is { } places)
        {
            Tensor xNew = GoldenCase.Tensor(places);
            GaussianProcess curve = process.Condition(y, xNew);
            c.Check("predictive_mean", () => curve.Mean);
            c.Check("predictive_cov", () => curve.Covariance);
            c.Check("predictive_variance_of_y", () => process.Condition(y, xNew, noise).Variance);
            Close.Assert(curve.Variance, curve.Covariance.Diagonal(), 1e-10, 1e-10, "variances");
        }
        LeaveOneOutPredictions others = process.LeaveOneOut(y);
        c.Check("loo_mean", () => others.Mean);
        c.Check("loo_variance", () => others.Variance);
        c.Check("loo_log_predictive", () => others.LogDensity.Sum());
    }
}
