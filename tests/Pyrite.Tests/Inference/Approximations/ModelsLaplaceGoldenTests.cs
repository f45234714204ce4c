using System.Text.Json;
using Pyrite.Testing;

namespace Pyrite.Tests;

/// <summary>Modes, curvatures and evidences of models against exact numbers; the embedded approximation is tested with the Gaussian
/// processes.</summary>
[Trait("Once", "Cultures")]
public sealed class ModelsLaplaceGoldenTests
{
    public static TheoryData<string> Names => [.. GoldenCase.Names("laplace.json", "laplace")];

    [Theory, MemberData(nameof(Names))]
    public void Mode_curvature_and_evidence_are_exact(string name)
    {
        JsonElement c = GoldenCase.Find("laplace.json", name).Json, expected = c.GetProperty("expected");
        (double rtol, double atol) = (c.GetProperty("rtol").GetDouble(), c.GetProperty("atol").GetDouble());
        LaplaceResult found = Laplace.Run(ModelGolden.Model(c));

        GoldenCase.Check(found.UnconstrainedMode, expected.GetProperty("mode"), rtol, atol, "mode");
        GoldenCase.Check(Tensor.From([found.LogDensityAtMode]), expected.GetProperty("log_density_at_mode"), rtol, atol, "log density");
        GoldenCase.Check(found.NegativeHessian, expected.GetProperty("negative_hessian"), rtol, atol, "negative Hessian");
        GoldenCase.Check(found.Covariance, expected.GetProperty("covariance"), rtol, atol, "covariance");
        GoldenCase.Check(Tensor.From([found.LogEvidence]), expected.GetProperty("log_evidence"), rtol, atol, "log evidence");
        Assert.Equal((4, 4), (found.Starts, found.StartsAtMode));
    }
}
