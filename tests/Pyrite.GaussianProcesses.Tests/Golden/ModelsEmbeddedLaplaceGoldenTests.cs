using System.Text.Json;

namespace Pyrite.GaussianProcesses.Tests.Golden;

/// <summary>Latent processes integrated out by Laplace's approximation.</summary>
[Trait("Once", "Cultures")]
public sealed class ModelsEmbeddedLaplaceGoldenTests
{
    private const string File = "laplace.json";

    public static TheoryData<string> Names => [.. Golden.Names(File, "embedded-laplace")];

    [Theory, MemberData(nameof(Names))]
    public void The_evidence_its_gradient_and_the_mode_agree(string name)
    {
        JsonElement c = Golden.Case(File, name), parameters = c.GetProperty("parameters");
        GoldenVariables variables = new();
        Tensor variance = variables.Of("variance", parameters.GetProperty("variance"));
        Kernel kernel = variance * new Rbf(variables.Of("lengthscale", parameters.GetProperty("lengthscale")));
        EmbeddedLaplace laplace = new GaussianProcess(kernel, c.Input("X")).Laplace(GoldenLikelihood.Of(c, variables), c.Input("y"));
        GaussianProcess curve = laplace.Condition(c.Input("X_new"));

        Golden.Check(c, "log_evidence", () => laplace.LogEvidence);
        Golden.Check(c, "mode", () => laplace.Mode);
        Golden.Check(c, "posterior_cov", () => laplace.Covariance);
        Golden.Check(c, "predictive_mean", () => curve.Mean);
        Golden.Check(c, "predictive_variance", () => curve.Variance);
        variables.Check(laplace.LogEvidence, c.GetProperty("expected").GetProperty("gradient"), c.Rtol(), c.Atol(), name);
    }
}
