using System.Text.Json;
using Pyrite.Testing;

namespace Pyrite.GaussianProcesses.Tests.Golden;

/// <summary>Inducing points: bounds with their gradients, predictions, the best q, and stochastic bounds.</summary>
[Trait("Once", "Cultures")]
public sealed class ModelsSparseGoldenTests
{
    private const string File = "gpsparse.json";

    public static TheoryData<string> Regressions => [.. GoldenCase.Names(File, "sparse-regression")];

    public static TheoryData<string> Bounds => [.. GoldenCase.Names(File, "svgp")];

    [Theory, MemberData(nameof(Regressions))]
    public void Sparse_regressions_agree(string name)
    {
        GoldenCase c = GoldenCase.Find(File, name);
        JsonElement expected = c.Expected;
        GoldenVariables variables = new();
        Kernel kernel = GoldenKernel.Of(c.Json.GetProperty("kernel"), variables);
        Tensor x = c.Input("X"), y = c.Input("y"), z = variables.Of("Z", c.Json.GetProperty("Z"));
        Tensor noise = variables.Of("noise_variance", c.Json.GetProperty("noise_variance"));
        SparseBound vfe = SparseGaussianProcess.Vfe(kernel, x, y, z, noise), fitc = SparseGaussianProcess.Fitc(kernel, x, y, z, noise);

        c.Check("exact_log_marginal_likelihood", () => new GaussianProcess(kernel, x, noise).LogProb(y));
        c.Check("vfe_bound", () => vfe.Value);
        c.Check("vfe_trace_term", () => vfe.TraceTerm);
        c.Check("fitc_log_marginal", () => fitc.Value);
        c.Check("dtc_log_marginal", () => SparseGaussianProcess.Dtc(kernel, x, y, z, noise).Value);
        c.Check("vfe_bound_jitter_1e_6", () => SparseGaussianProcess.Vfe(kernel, x, y, z, noise, jitter: 1e-6).Value);
        c.Check("fitc_log_marginal_jitter_1e_6", () => SparseGaussianProcess.Fitc(kernel, x, y, z, noise, jitter: 1e-6).Value);
        c.Check("optimal_q_mean", () => vfe.InducingMean);
        c.Check("optimal_q_cov", () => vfe.InducingCovariance);
        foreach ((string field, SparseBound bound) in new[] { ("vfe", vfe), ("fitc", fitc) })
        {
            if (expected.TryGetProperty(field + "_gradient", out JsonElement gradient))
            {
                variables.Check(bound.Value, gradient, c.Rtol, c.Atol, $"{name} {field}");
            }
            if (c.Json.TryGetProperty("X_new", out JsonElement places))
            {
                GaussianProcess curve = bound.Condition(GoldenCase.Tensor(places));
                c.Check(field + "_predictive_mean", () => curve.Mean);
                c.Check(field + "_predictive_variance", () => curve.Variance);
            }
        }
    }

    [Theory, MemberData(nameof(Bounds))]
    public void Stochastic_bounds_agree(string name)
    {
        GoldenCase c = GoldenCase.Find(File, name);
        GoldenVariables variables = new();
        Kernel kernel = GoldenKernel.Of(c.Json.GetProperty("kernel"), variables);
        Tensor x = c.Input("X"), y = c.Input("y"), mean = variables.Of("q_mean", c.Json.GetProperty("q_mean"));
        VariationalGaussianProcess process = new(kernel, c.Input("Z"), mean, variables.Of("q_scale_tril", c.Json.GetProperty("q_scale_tril")),
            c.Json.GetProperty("whitened").GetBoolean());
        LatentLikelihood likelihood = GoldenLikelihood.Of(c, variables);
        double scale = c.Json.TryGetProperty("scale", out JsonElement given) ? given.GetDouble() : 1;
        VariationalBound bound = process.Bound(likelihood, x, y, scale);
        GaussianProcess values = process.Condition(x);

        c.Check("bound", () => bound.Value);
        c.Check("expected_log_likelihood", () => bound.ExpectedLogLikelihood);
        c.Check("kl", () => bound.KullbackLeibler);
        c.Check("f_mean", () => values.Mean);
        c.Check("f_variance", () => values.Variance);
        variables.Check(bound.Value, c.Expected.GetProperty("gradient"), c.Rtol, c.Atol, name);
    }
}
