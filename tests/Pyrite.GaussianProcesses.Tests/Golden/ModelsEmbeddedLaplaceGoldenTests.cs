using System.Text.Json;
using Pyrite.Testing;

namespace Pyrite.GaussianProcesses.Tests.Golden;

/// <summary>Latent processes integrated out by Laplace's approximation.</summary>
[Trait("Once", "Cultures")]
public sealed class ModelsEmbeddedLaplaceGoldenTests
{
    private const string File = "laplace.json";

    public static TheoryData<string> Names => [.. GoldenCase.Names(File, "embedded-laplace")];

    [Theory, MemberData(nameof(Names))]
    public void The_evidence_its_gradient_and_the_mode_agree(string name)
    {
        GoldenCase c = GoldenCase.Find(File, name);
        JsonElement parameters = c.Parameters;
        GoldenVariables variables = new();
        Tensor variance = variables.Of("variance", parameters.GetProperty("variance"));
        Kernel kernel = variance * new Rbf(variables.Of("lengthscale", parameters.GetProperty("lengthscale")));
        EmbeddedLaplace laplace = new GaussianProcess(kernel, c.Input("X")).Laplace(GoldenLikelihood.Of(c, variables), c.Input("y"));
        GaussianProcess curve = laplace.Condition(c.Input("X_new"));

        c.Check("log_evidence", () => laplace.LogEvidence);
        c.Check("mode", () => laplace.Mode);
        c.Check("posterior_cov", () => laplace.Covariance);
        c.Check("predictive_mean", () => curve.Mean);
        c.Check("predictive_variance", () => curve.Variance);
        variables.Check(laplace.LogEvidence, c.Expected.GetProperty("gradient"), c.Rtol, c.Atol, name);
    }
}
