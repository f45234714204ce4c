using System.Text.Json;
using Pyrite.Testing;

namespace Pyrite.Golden;

/// <summary>Constraints against examples and exact bijections.</summary>
public sealed class ConstraintGoldenTests
{
    private static readonly JsonElement[] Json = [.. GoldenFolder.Json("distributions", "constraints.json").GetProperty("cases").EnumerateArray()];

    public static TheoryData<int, string> Cases()
    {
        TheoryData<int, string> cases = [];
        for (int i = 0; i < Json.Length; i++)
        {
            cases.Add(i, Json[i].GetProperty("name").GetString()!);
        }
        return cases;
    }

    [Theory, MemberData(nameof(Cases))]
    public void Matches_the_golden_examples(int index, string name)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        JsonElement golden = Json[index];
        Constraint constraint = Build(name, golden.Optional("args"));
        foreach (JsonElement inside in golden.Entries("inside"))
        {
            Assert.True(constraint.Check(GoldenDistributions.Tensor(inside)).All(), $"{name}: {inside} must be inside.");
        }
        foreach (JsonElement outside in golden.Entries("outside"))
        {
            Assert.False(constraint.Check(GoldenDistributions.Tensor(outside)).Any(), $"{name}: {outside} must be outside.");
        }
        double rtol = golden.Tolerance();
        foreach (JsonElement entry in golden.Entries("biject_to"))
        {
            Transform bijection = ConstraintRegistry.BijectTo(constraint);
            Tensor u = GoldenDistributions.Tensor(entry.GetProperty("u"));
            Tensor x = bijection.Forward(u);
            GoldenTensor want = entry.GetProperty("x").Values();
            Assert.Equal(Shape.Create(want.Shape), x.Shape);
            Close.Assert(x.ToArray<double>(), want.Data, 0, rtol, name);
            if (entry.Optional("log_abs_det_jacobian") is { } change)
            {
                Close.Assert(bijection.LogAbsDetJacobian(u, x).ToArray<double>(), change.Values().Data, 0, rtol, name + " log-determinant");
            }
            Close.Assert(bijection.Forward(bijection.Inverse(x)).ToArray<double>(), want.Data, 0, 1e-9, name + " of the inverse");
            Assert.True(constraint.Check(x).All(), $"{name}: the bijection must lead inside.");
        }
    }

    private static Constraint Build(string name, JsonElement? arguments)
    {
        Tensor Bound(string bound) => GoldenDistributions.Tensor(arguments!.Value.GetProperty(bound));
        return name switch
        {
            "real" => Constraints.Real,
            "positive" => Constraints.Positive,
            "nonnegative" => Constraints.NonNegative,
            "unit_interval" => Constraints.UnitInterval,
            "interval" => Constraints.Interval(Bound("lower"), Bound("upper")),
            "greater_than" => Constraints.GreaterThan(Bound("lower")),
            "less_than" => Constraints.LessThan(Bound("upper")),
            "integer_interval" => Constraints.IntegerInterval(Bound("lower"), Bound("upper")),
            "nonnegative_integer" => Constraints.NonNegativeInteger,
            "positive_integer" => Constraints.PositiveInteger,
            "boolean" => Constraints.Boolean,
            "simplex" => Constraints.Simplex,
            "ordered_vector" => Constraints.OrderedVector,
            "positive_ordered_vector" => Constraints.PositiveOrderedVector,
            "lower_cholesky" => Constraints.LowerCholesky,
            "corr_cholesky" => Constraints.CorrelationCholesky,
            "corr_matrix" => Constraints.CorrelationMatrix,
            "positive_definite" => Constraints.PositiveDefinite,
            "one_hot" => Constraints.OneHot,
            "sphere" => Constraints.Sphere,
            "half_open_interval" => Constraints.HalfOpenInterval(Bound("lower"), Bound("upper")),
            "softplus_positive" => Constraints.SoftplusPositive,
            "softplus_lower_cholesky" => Constraints.SoftplusLowerCholesky,
            "lower_triangular" => Constraints.LowerTriangular,
            "symmetric" => Constraints.Symmetric,
            "positive_semidefinite" => Constraints.PositiveSemidefinite,
            "real_vector" => Constraints.RealVector,
            "greater_than_eq" => Constraints.GreaterThanOrEqual(Bound("lower")),
            "zero_sum" => Constraints.ZeroSum,
            _ => Property(name),
        };
    }

    /// <summary>A constraint without arguments whose name is the library's in snake case.</summary>
    private static Constraint Property(string name)
    {
        string own = string.Concat(name.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
        return (Constraint?)typeof(Constraints).GetProperty(own)?.GetValue(null)
            ?? throw new NotSupportedException($"Golden constraint {name} is not known to the tests.");
    }
}
