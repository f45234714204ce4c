using System.Text.Json;
using Pyrite.Testing;

namespace Pyrite.GaussianProcesses.Tests.Golden;

/// <summary>Hilbert-space approximations: functions, spectral densities, matrices, likelihoods with their gradients.</summary>
[Trait("Once", "Cultures")]
public sealed class ModelsHilbertGoldenTests
{
    private const string File = "hsgp.json";

    public static TheoryData<string> Names => [.. Golden.Names(File, "hsgp")];

    public static TheoryData<string> PeriodicNames => [.. Golden.Names(File, "hsgp-periodic")];

    [Theory, MemberData(nameof(Names))]
    public void A_basis_stands_for_its_kernel(string name)
    {
        JsonElement c = Golden.Case(File, name);
        GoldenVariables variables = new();
        Kernel kernel = GoldenKernel.Of(c.GetProperty("kernel"), variables);
        Tensor x = c.Input("X"), y = c.Input("y"), noise = variables.Of("noise_variance", c.GetProperty("noise_variance"));
        double[] halfWidth = c.GetProperty("L").Numbers(), centre = c.Optional("centre")?.Numbers() ?? new double[halfWidth.Length];
        HilbertGaussianProcess process = new(kernel, c.GetProperty("m").Integers(), new HilbertBox(centre, halfWidth));
        Tensor density = process.Observations(x, noise).LogProb(y);

        Golden.Check(c, "eigenvalues", () => process.Basis.Frequencies.Square());
        Golden.Check(c, "phi", () => process.Basis.At(x));
        Golden.Check(c, "spectral_density", () => kernel.SpectralDensity(process.Basis.Frequencies));
        Golden.Check(c, "sqrt_spectral_density", process.SqrtSpectralDensity);
        Golden.Check(c, "approximate_gram", () => process.Gram(x));
        Golden.Check(c, "largest_gram_error", () => (process.Gram(x) - kernel.Gram(x)).Abs().Max());
        Golden.Check(c, "log_marginal_likelihood", () => density);
        Golden.Check(c, "exact_log_marginal_likelihood", () => new GaussianProcess(kernel, x, noise).LogProb(y));
        variables.Check(density, c.GetProperty("expected").GetProperty("gradient"), c.Rtol(), c.Atol(), name, prefix: "kernel.");
    }

    [Theory, MemberData(nameof(PeriodicNames))]
    public void Waves_stand_for_the_periodic_kernel(string name)
    {
        JsonElement c = Golden.Case(File, name), given = c.GetProperty("kernel");
        Periodic kernel = new(Golden.Tensor(given.GetProperty("lengthscale")), Golden.Tensor(given.GetProperty("period")));
        Tensor variance = Golden.Tensor(given.GetProperty("variance")), x = c.Input("X");
        PeriodicHilbertProcess process = new(kernel, c.GetProperty("m").GetInt32(), variance);

        Golden.Check(c, "q2", process.SquaredWeights);
        Golden.Check(c, "cos_basis", () => process.Cosines(x));
        Golden.Check(c, "sin_basis", () => process.Sines(x));
        Golden.Check(c, "approximate_gram", () => process.Gram(x));
        Golden.Check(c, "largest_gram_error", () => (process.Gram(x) - (variance * kernel).Gram(x)).Abs().Max());
    }
}
