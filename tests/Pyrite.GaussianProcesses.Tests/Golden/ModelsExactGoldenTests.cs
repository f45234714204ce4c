using System.Text.Json;
using Pyrite.Testing;

namespace Pyrite.GaussianProcesses.Tests.Golden;

/// <summary>Exact regression: matrices, likelihoods with their gradients, predictions, leave-one-out.</summary>
[Trait("Once", "Cultures")]
public sealed class ModelsExactGoldenTests
{
    public static TheoryData<string> Names => [.. Golden.Names("gp.json", "gp-exact")];

    [Theory, MemberData(nameof(Names))]
    public void An_exact_process_agrees(string name)
    {
        JsonElement c = Golden.Case("gp.json", name);
        GoldenVariables variables = new();
        Kernel kernel = GoldenKernel.Of(c.GetProperty("kernel"), variables);
        Tensor x = c.Input("X"), y = c.Input("y"), mean = variables.Of("mean", c.GetProperty("mean"));
        Tensor noise = variables.Of("noise_variance", c.GetProperty("noise_variance"));
        GaussianProcess process = new(kernel, x, noise, mean, c.Optional("jitter")?.GetDouble() ?? 0);
        Tensor logDensity = process.LogProb(y);

        Golden.Check(c, "gram", () => kernel.Gram(x));
        Golden.Check(c, "log_marginal_likelihood", () => logDensity);
        variables.Check(logDensity, c.GetProperty("expected").GetProperty("gradient"), c.Rtol(), c.Atol(), name);
        CheckPredictions(c, process, y, noise);
    }

    private static void CheckPredictions(JsonElement c, GaussianProcess process, Tensor y, Tensor noise)
    {
        if (c.Optional("X_new") is { } places)
        {
            Tensor xNew = Golden.Tensor(places);
            GaussianProcess curve = process.Condition(y, xNew);
            Golden.Check(c, "predictive_mean", () => curve.Mean);
            Golden.Check(c, "predictive_cov", () => curve.Covariance);
            Golden.Check(c, "predictive_variance_of_y", () => process.Condition(y, xNew, noise).Variance);
            Close.Assert(curve.Variance, curve.Covariance.Diagonal(), 1e-10, 1e-10, "variances");
        }
        LeaveOneOutPredictions others = process.LeaveOneOut(y);
        Golden.Check(c, "loo_mean", () => others.Mean);
        Golden.Check(c, "loo_variance", () => others.Variance);
        Golden.Check(c, "loo_log_predictive", () => others.LogDensity.Sum());
    }
}
