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
        Tensor? Maybe(string name) => kernel.Optional(name) is { } value ? Variable($"{path}.{name}", value) : null;
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
            "linear" => new LinearKernel(Maybe("centre"), dims),
            "polynomial" => new PolynomialKernel(kernel.GetProperty("degree").GetInt32(), Maybe("offset") ?? Maybe("bias") ?? 0, dims),
            "coregionalization" => new Coregionalization(Maybe("weights") ?? Get("W"), Maybe("own") ?? Get("kappa"), dims?[0] ?? 0),
            _ => throw new InvalidOperationException($"No kernel is known for {kind}."),
        };
        return Maybe("variance") is { } variance ? variance * shape : shape;
    }
}
