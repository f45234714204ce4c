using System.Text.Json;
using Pyrite.Testing;

namespace Pyrite.Golden;

/// <summary>Transforms against exact numbers: values, inverses, log-determinants.</summary>
public sealed class TransformGoldenTests
{
    public static TheoryData<int, string> Cases()
    {
        TheoryData<int, string> cases = [];
        int index = 0;
        foreach (JsonElement entry in GoldenFolder.Json("distributions", "transforms.json").GetProperty("cases").EnumerateArray())
        {
            cases.Add(index++, entry.GetProperty("name").GetString()!);
        }
        return cases;
    }

    [Theory, MemberData(nameof(Cases))]
    public void Matches_the_golden_numbers(int index, string name)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        JsonElement golden = GoldenFolder.Json("distributions", "transforms.json").GetProperty("cases")[index];
        Transform transform = GoldenDistributions.Transform(name, golden.GetProperty("args").GetProperty);
        Tensor x = GoldenDistributions.Tensor(golden.GetProperty("x"));
        GoldenTensor y = golden.GetProperty("y").Values();
        double rtol = golden.GetProperty("rtol").GetDouble();
        Tensor got = transform.Forward(x);
        Assert.Equal(Shape.Create(y.Shape), got.Shape);
        Assert.Equal(golden.GetProperty("event_dim").GetInt32(), transform.Domain.EventRank);
        Assert.Equal(got.Shape, transform.ForwardShape(x.Shape));
        Close.Assert(got.ToArray<double>(), y.Data, 0, rtol, name);
        if (golden.Optional("log_abs_det_jacobian") is { } change)
        {
            Close.Assert(transform.LogAbsDetJacobian(x, got).ToArray<double>(), change.Values().Data, 0, rtol, name + " log-determinant");
        }
        if (golden.Optional("inverse_ok") is { ValueKind: JsonValueKind.True })
        {
            Close.Assert(transform.Inverse(GoldenDistributions.Tensor(golden.GetProperty("y"))).ToArray<double>(), x.ToArray<double>(), 0, 1e-7, name + " inverse");
        }
    }
}
