using System.Text.Json;

namespace Pyrite.GaussianProcesses.Tests.Golden;

/// <summary>Inducing points: bounds with their gradients, predictions, the best q, and stochastic bounds.</summary>
[Trait("Once", "Cultures")]
public sealed class ModelsSparseGoldenTests
{
    private const string File = "gpsparse.json";

    public static TheoryData<string> Regressions => [.. Golden.Names(File, "sparse-regression")];

    public static TheoryData<string> Bounds => [.. Golden.Names(File, "svgp")];

    [Theory, MemberData(nameof(Regressions))]
    public void Sparse_regressions_agree(string name)
    {
        JsonElement c = Golden.Case(File, name), expected = c.GetProperty("expected");
        GoldenVariables variables = new();
        Kernel kernel = GoldenKernel.Of(c.GetProperty("kernel"), variables);
        Tensor x = c.Input("X"), y = c.Input("y"), z = variables.Of("Z", c.GetProperty("Z"));
        Tensor noise = variables.Of("noise_variance", c.GetProperty("noise_variance"));
        SparseBound vfe = SparseGaussianProcess.Vfe(kernel, x, y, z, noise), fitc = SparseGaussianProcess.Fitc(kernel, x, y, z, noise);

        Golden.Check(c, "exact_log_marginal_likelihood", () => new GaussianProcess(kernel, x, noise).LogProb(y));
        Golden.Check(c, "vfe_bound", () => vfe.Value);
        Golden.Check(c, "vfe_trace_term", () => vfe.TraceTerm);
        Golden.Check(c, "fitc_log_marginal", () => fitc.Value);
        Golden.Check(c, "dtc_log_marginal", () => SparseGaussianProcess.Dtc(kernel, x, y, z, noise).Value);
        Golden.Check(c, "vfe_bound_jitter_1e_6", () => SparseGaussianProcess.Vfe(kernel, x, y, z, noise, jitter: 1e-6).Value);
        Golden.Check(c, "fitc_log_marginal_jitter_1e_6", () => SparseGaussianProcess.Fitc(kernel, x, y, z, noise, jitter: 1e-6).Value);
        Golden.Check(c, "optimal_q_mean", () => vfe.InducingMean);
        Golden.Check(c, "optimal_q_cov", () => vfe.InducingCovariance);
        foreach ((string field, SparseBound bound) in new[] { ("vfe", vfe), ("fitc", fitc) })
        {
            if (expected.TryGetProperty(field + "_gradient", out JsonElement gradient))
            {
                variables.Check(bound.Value, gradient, c.Rtol(), c.Atol(), $"{name} {field}");
            }
            if (c.TryGetProperty("X_new", out JsonElement places))
            {
                GaussianProcess curve = bound.Condition(Golden.Tensor(places));
                Golden.Check(c, field + "_predictive_mean", () => curve.Mean);
                Golden.Check(c, field + "_predictive_variance", () => curve.Variance);
            }
        }
    }

    [Theory, MemberData(nameof(Bounds))]
    public void Stochastic_bounds_agree(string name)
    {
        JsonElement c = Golden.Case(File, name);
        GoldenVariables variables = new();
        Kernel kernel = GoldenKernel.Of(c.GetProperty("kernel"), variables);
        Tensor x = c.Input("X"), y = c.Input("y"), mean = variables.Of("q_mean", c.GetProperty("q_mean"));
        VariationalGaussianProcess process = new(kernel, c.Input("Z"), mean, variables.Of("q_scale_tril", c.GetProperty("q_scale_tril")),
            c.GetProperty("whitened").GetBoolean());
        LatentLikelihood likelihood = GoldenLikelihood.Of(c, variables);
        double scale = c.TryGetProperty("scale", out JsonElement given) ? given.GetDouble() : 1;
        VariationalBound bound = process.Bound(likelihood, x, y, scale);
        GaussianProcess values = process.Condition(x);

        Golden.Check(c, "bound", () => bound.Value);
        Golden.Check(c, "expected_log_likelihood", () => bound.ExpectedLogLikelihood);
        Golden.Check(c, "kl", () => bound.KullbackLeibler);
        Golden.Check(c, "f_mean", () => values.Mean);
        Golden.Check(c, "f_variance", () => values.Variance);
        variables.Check(bound.Value, c.GetProperty("expected").GetProperty("gradient"), c.Rtol(), c.Atol(), name);
    }
}
