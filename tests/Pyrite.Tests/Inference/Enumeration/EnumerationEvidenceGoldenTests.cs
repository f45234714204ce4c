using Pyrite.Testing;

namespace Pyrite.Tests.Enumeration;

/// <summary>Log evidences and their gradients by EnumerationElbo with an empty guide.</summary>
[Trait("Once", "Cultures")]
public sealed class EnumerationEvidenceGoldenTests
{
    public static TheoryData<string> Names => [.. GoldenCase.All.Where(c => GoldenModels.Summed.ContainsKey(c.Kind)).Select(c => c.Name)];

    [Theory, MemberData(nameof(Names))]
    public void The_loss_is_minus_the_log_evidence_and_has_its_gradient(string name)
    {
        GoldenCase c = GoldenCase.Of(name);
        Action<GoldenCase> model = GoldenModels.Summed[c.Kind];

        (double loss, IReadOnlyDictionary<string, double[]> gradient) = OneStep.Of(c, model, _ => { });

        double expected = c.Number(c.Expected.Optional("scaled_log_evidence") is null ? "log_evidence" : "scaled_log_evidence");
        Close.Assert(-loss, expected, 0, 1e-10, name);
        foreach ((string parameter, GoldenTensor values) in c.Tensors("gradient"))
        {
            for (int i = 0; i < values.Data.Length; i++)
            {
                Close.Assert(-gradient[parameter][i], values.Data[i], 0, 1e-8, $"{name} {parameter}[{i}]");
            }
        }
    }
}
