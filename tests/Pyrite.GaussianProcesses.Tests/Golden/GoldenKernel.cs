using System.Text.Json;
using Pyrite.Testing;

namespace Pyrite.GaussianProcesses.Tests.Golden;

/// <summary>Kernels as the golden files describe them, with their numbers as variables by their paths.</summary>
internal sealed class GoldenKernel
{
    private GoldenKernel(Func<string, JsonElement, Tensor> variable) => Variable = variable;

    private Func<string, JsonElement, Tensor> Variable { get; }

    /// <summary>The kernel.</summary>
    /// <param name="description">As the file has it.</param>
    /// <param name="variables">Takes the numbers, under paths like kernel.parts.0.lengthscale.</param>
    public static Kernel Of(JsonElement description, GoldenVariables variables) =>
        new GoldenKernel(variables.Of).Read(description, "kernel");

    private Kernel Read(JsonElement kernel, string path)
    {
        string kind = kernel.GetProperty("kind").GetString()!;
        if (kind is "sum" or "product")
        {
            Kernel[] parts = [.. kernel.GetProperty("parts").EnumerateArray().Select((part, i) => Read(part, $"{path}.parts.{i}"))];
            return parts[1..].Aggregate(parts[0], (a, b) => kind == "sum" ? a + b : a * b);
        }
        int[]? dims = kernel.Optional("dims")?.Integers();
        Tensor Get(string name) => Variable($"{path}.{name}", kernel.GetProperty(name));
        Tensor? Maybe(params string[] names) => names.FirstOrDefault(name => kernel.Optional(name) is not null) is { } name
            ? Variable($"{path}.{name}", kernel.GetProperty(name)) : null;
        Tensor Any(params string[] names) => Maybe(names)
            ?? throw new InvalidOperationException($"A kernel of kind {kind} has none of {string.Join(", ", names)}.");
        int Whole(params string[] names) => kernel.GetProperty(names.First(name => kernel.Optional(name) is not null)).GetInt32();
        if (kind is "constant")
        {
            return new ConstantKernel(Get("variance"));
        }
        if (kind is "white")
        {
            return new WhiteKernel(Get("variance"));
        }
        Kernel shape = kind switch
        {
            "rbf" => new Rbf(Get("lengthscale"), dims),
            "matern12" => new Matern12(Get("lengthscale"), dims),
            "matern32" => new Matern32(Get("lengthscale"), dims),
            "matern52" => new Matern52(Get("lengthscale"), dims),
            "rational-quadratic" => new RationalQuadratic(Get("lengthscale"), Get("alpha"), dims),
            "periodic" => new Periodic(Get("lengthscale"), Get("period"), dims),
            "cosine" => new Cosine(Get("lengthscale"), dims),
            "linear" => new LinearKernel(Maybe("centre", "center"), dims),
            "polynomial" => new PolynomialKernel(Whole("degree", "power", "order"), Maybe("offset", "bias", "constant", "c") ?? 0, dims),
            "coregionalization" or "coregion" or "coregionalisation" => new Coregionalization(
                Any("weights", "W", "w", "mixing", "loadings", "coregion_weights"), Any("own", "kappa", "diagonal", "diag", "v", "variances"),
                dims?[0] ?? (kernel.Optional("column") ?? kernel.Optional("dim"))?.GetInt32() ?? 0),
            _ => throw new InvalidOperationException($"No kernel is known for {kind}."),
        };
        return Maybe("variance") is { } variance ? variance * shape : shape;
    }
}
