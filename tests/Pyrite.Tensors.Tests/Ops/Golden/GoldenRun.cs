using System.Text.Json;
using Pyrite.Testing;

namespace Pyrite.Tests;

/// <summary>Runs a golden case: outputs, vector-Jacobian products, second derivatives, and the same in Float32.</summary>
internal static class GoldenRun
{
    private const double SingleTolerance = 1e-5;

    public delegate Tensor[] Operation(Tensor[] inputs, GoldenArguments arguments);

    /// <summary>Fails unless the case holds in Float64, and in Float32 where its data allow.</summary>
    /// <param name="group">The group.</param>
    /// <param name="name">The case.</param>
    /// <param name="operations">What the tests know.</param>
    /// <param name="singleTolerance">Tolerance of the Float32 run.</param>
    /// <param name="gradientRtol">The relative accuracy of the golden gradients themselves, where it is below the group's.</param>
    public static void Check(GoldenGroup group, string name, Dictionary<string, Operation> operations, double singleTolerance = SingleTolerance,
        double gradientRtol = 0)
    {
        JsonElement entry = group.Cases[name];
        string op = entry.GetProperty("op").GetString()!;
        if (!operations.TryGetValue(op, out Operation? operation))
        {
            throw new CheckFailedException($"Case {name}: operation \"{op}\" is not known to the tests.");
        }
        double rtol = entry.Optional("rtol")?.Number() ?? group.Rtol;
        Check(group, entry, name, operation, DType.Float64, rtol, group.Atol, Math.Max(rtol, gradientRtol));
        if (!name.Contains("_wide", StringComparison.Ordinal) && !IsSpecial(entry) && group.Tensors(entry, "inputs").All(FitsSingle))
        {
            Check(group, entry, name + " in Float32", operation, DType.Float32, singleTolerance, singleTolerance, singleTolerance);
        }
    }

    private static bool FitsSingle(Tensor? input) =>
        !input!.DType.IsFloatingPoint || input.IsFinite().EqualTo(input.To(DType.Float32).IsFinite()).All();

    private static bool IsSpecial(JsonElement entry) => entry.Optional("special")?.GetBoolean() ?? false;

    private static void Check(GoldenGroup group, JsonElement entry, string name, Operation operation, DType type, double rtol, double atol,
        double gradientRtol)
    {
        GoldenArguments arguments = new(entry.Optional("args") ?? default);
        Tensor?[] wantedGradients = group.Tensors(entry, "grads");
        Tensor[] inputs =
            [.. group.Tensors(entry, "inputs").Select((input, i) => Prepare(input!, type, wantedGradients.ElementAtOrDefault(i) is not null))];
        Tensor?[] wanted = entry.Optional("outputs") is null ? [group.TensorOf(entry, "output")] : group.Tensors(entry, "outputs");
        Tensor?[] cotangents = entry.Optional("cotangents") is null ? [group.TensorOf(entry, "cotangent")] : group.Tensors(entry, "cotangents");
        Tensor[] outputs = operation(inputs, arguments);
        Assert.Equal(wanted.Length, outputs.Length);
        for (int i = 0; i < wanted.Length; i++)
        {
            Compare(outputs[i], wanted[i]!, rtol, atol, $"{name}: output {i}", entry.Optional("torch_only")?.Integers());
        }
        if (IsSpecial(entry) || !wantedGradients.Any(gradient => gradient is not null))
        {
            return;
        }
        CheckGradients(group, entry, name, inputs, outputs, wantedGradients,
            [.. cotangents.Select(cotangent => cotangent is null ? null : Prepare(cotangent, type, true))], gradientRtol, atol);
    }

    private static void CheckGradients(GoldenGroup group, JsonElement entry, string name, Tensor[] inputs, Tensor[] outputs, Tensor?[] wanted,
        Tensor?[] cotangents, double rtol, double atol)
    {
        Tensor weighted = 0.0;
        for (int i = 0; i < outputs.Length; i++)
        {
            weighted = cotangents[i] is { } cotangent ? weighted + (outputs[i] * cotangent).Sum() : weighted;
        }
        Tensor[] variables = [.. inputs.Where(input => input.RequiresGradient)];
        Tensor?[] secondWanted = group.Tensors(entry, "grads2");
        Tensor[] gradients = Gradient.Of(weighted, variables, createGraph: secondWanted.Length > 0);
        Tensor?[] expected = [.. wanted.Where(gradient => gradient is not null)];
        for (int i = 0; i < expected.Length; i++)
        {
            Compare(gradients[i], expected[i]!, rtol, atol, $"{name}: gradient {i}", null);
        }
        if (secondWanted.Length == 0)
        {
            return;
        }
        Tensor combined = 0.0;
        Tensor?[] directions = [.. group.Tensors(entry, "cotangents2").Where(direction => direction is not null)];
        for (int i = 0; i < directions.Length; i++)
        {
            combined += (gradients[i] * directions[i]!.To(gradients[i].DType)).Sum();
        }
        Tensor[] second = Gradient.Of(combined, [.. variables, cotangents[0]!]);
        Tensor?[] expectedSecond = [.. secondWanted.Where(gradient => gradient is not null)];
        for (int i = 0; i < expectedSecond.Length; i++)
        {
            Compare(second[i], expectedSecond[i]!, rtol, atol, $"{name}: second gradient {i}", null);
        }
        Compare(second[^1], group.TensorOf(entry, "grad2_cotangent")!, rtol, atol, $"{name}: second gradient of the cotangent", null);
    }

    private static Tensor Prepare(Tensor tensor, DType type, bool isVariable)
    {
        Tensor converted = tensor.DType.IsFloatingPoint ? tensor.To(type) : tensor;
        return isVariable ? converted.AsVariable() : converted;
    }

    private static void Compare(Tensor got, Tensor want, double rtol, double atol, string name, int[]? notBinding)
    {
        Assert.True(want.Shape == got.Shape, $"{name}: shape {got.Shape}, want {want.Shape}");
        Assert.True(want.DType.IsFloatingPoint == got.DType.IsFloatingPoint, $"{name}: type {got.DType}, want {want.DType}");
        double[] values = got.ToArray<double>();
        double[] expected = want.ToArray<double>();
        foreach (int index in notBinding ?? [])
        {
            values[index] = expected[index];
        }
        bool isExact = !want.DType.IsFloatingPoint;
        Close.Assert(values, expected, isExact ? 0 : rtol, isExact ? 0 : atol, name);
    }
}
