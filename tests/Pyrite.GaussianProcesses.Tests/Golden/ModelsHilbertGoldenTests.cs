using System.Text.Json;
using Pyrite.Testing;

namespace Pyrite.GaussianProcesses.Tests.Golden;

/// <summary>Hilbert-space approximations: functions, spectral densities, matrices, likelihoods with their gradients.</summary>
[Trait("Once", "Cultures")]
public sealed class ModelsHilbertGoldenTests
{
    private const string File = "hsgp.json";

    public static TheoryData<string> Names => [.. GoldenCase.Names(File, "hsgp")];

    public static TheoryData<string> PeriodicNames => [.. GoldenCase.Names(File, "hsgp-periodic")];

    [Theory, MemberData(nameof(Names))]
    public void A_basis_stands_for_its_kernel(string name)
    {
        GoldenCase c = GoldenCase.Find(File, name);
        GoldenVariables variables = new();
        Kernel kernel = GoldenKernel.Of(c.Json.GetProperty("kernel"), variables);
        Tensor x = c.Input("X"), y = c.Input("y"), noise = variables.Of("noise_variance", c.Json.GetProperty("noise_variance"));
        double[] halfWidth = c.Json.GetProperty("L").Numbers(), centre = c.Json.Optional("centre")?.Numbers() ?? new double[halfWidth.Length];
        HilbertGaussianProcess process = new(kernel, c.Json.GetProperty("m").Integers(), new HilbertBox(centre, halfWidth));
        Tensor density = process.Observations(x, noise).LogProb(y);

        c.Check("eigenvalues", () => process.Basis.Frequencies.Square());
        c.Check("phi", () => process.Basis.At(x));
        c.Check("spectral_density", () => kernel.SpectralDensity(process.Basis.Frequencies));
        c.Check("sqrt_spectral_density", process.SqrtSpectralDensity);
        c.Check("approximate_gram", () => process.Gram(x));
        c.Check("largest_gram_error", () => (process.Gram(x) - kernel.Gram(x)).Abs().Max());
        c.Check("log_marginal_likelihood", () => density);
        c.Check("exact_log_marginal_likelihood", () => new GaussianProcess(kernel, x, noise).LogProb(y));
        variables.Check(density, c.Expected.GetProperty("gradient"), c.Rtol, c.Atol, name, prefix: "kernel.");
    }

    [Theory, MemberData(nameof(PeriodicNames))]
    public void Waves_stand_for_the_periodic_kernel(string name)
    {
        GoldenCase c = GoldenCase.Find(File, name);
        JsonElement given = c.Json.GetProperty("kernel");
        Periodic kernel = new(GoldenCase.Tensor(given.GetProperty("lengthscale")), GoldenCase.Tensor(given.GetProperty("period")));
        Tensor variance = GoldenCase.Tensor(given.GetProperty("variance")), x = c.Input("X");
        PeriodicHilbertProcess process = new(kernel, c.Json.GetProperty("m").GetInt32(), variance);

        c.Check("q2", process.SquaredWeights);
        c.Check("cos_basis", () => process.Cosines(x));
        c.Check("sin_basis", () => process.Sines(x));
        c.Check("approximate_gram", () => process.Gram(x));
        c.Check("largest_gram_error", () => (process.Gram(x) - (variance * kernel).Gram(x)).Abs().Max());
    }
}
