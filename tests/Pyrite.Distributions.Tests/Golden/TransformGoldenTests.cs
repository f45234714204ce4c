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
        Transform transform = GoldenDistributions.Transform(name, argument => golden.GetProperty("args").GetProperty(argument));
        Tensor x = GoldenDistributions.Tensor(golden.GetProperty("x"));
        GoldenTensor y = golden.GetProperty("y").Values();
        double rtol = golden.Tolerance();
        Tensor got = transform.Forward(x);
        Assert.Equal(Shape.Create(y.Shape), got.Shape);
        if (golden.Optional("event_dim") is { } rank)
        {
            Assert.Equal(rank.GetInt32(), transform.Domain.EventRank);
        }
        if (golden.Optional("codomain_event_dim") is { } resultRank)
        {
            Assert.Equal(resultRank.GetInt32(), transform.Codomain.EventRank);
        }
        Assert.Equal(got.Shape, transform.ForwardShape(x.Shape));
        Close.Assert(got.ToArray<double>(), y.Data, 0, rtol, name);
        if (golden.Optional("log_abs_det_jacobian") is { } change)
        {
            Close.Assert(transform.LogAbsDetJacobian(x, got).ToArray<double>(), change.Values().Data, 0, rtol, name + " log-determinant");
        }
        if (golden.Optional("inverse_ok") is { ValueKind: JsonValueKind.True })
        {
            // Where y has been rounded to the edge of its range no inverse finds x again; then at least y itself must come back.
            Tensor back = transform.Inverse(GoldenDistributions.Tensor(golden.GetProperty("y")));
            Close.Assert(transform.Forward(back).ToArray<double>(), y.Data, 0, rtol, name + " of the inverse");
            if (golden.Tags().Contains("typical"))
            {
                CheckArgument(back, x, y.Data, transform, name);
            }
        }
    }

    /// <summary>x comes back to 1e-6 relative, plus what the rounding of y itself moves it.</summary>
    private static void CheckArgument(Tensor back, Tensor x, double[] y, Transform transform, string name)
    {
        double[] got = back.ToArray<double>();
        double[] want = x.ToArray<double>();
        double[]? change = transform.Domain.EventRank == 0 ? transform.LogAbsDetJacobian(x, transform.Forward(x)).ToArray<double>() : null;
        for (int i = 0; i < want.Length; i++)
        {
            double rounding = change is null ? 1e-12 : 1e-15 * (1 + Math.Abs(y[i])) * Math.Exp(-change[i]);
            Close.Assert(got[i], want[i], 1e-6, rounding, $"{name} inverse [{i}]");
        }
    }
}
