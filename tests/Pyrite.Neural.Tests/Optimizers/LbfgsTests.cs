using System.Text.Json;
using Pyrite.Testing;

namespace Pyrite.Neural.Tests.Optimizers;

public sealed class LbfgsTests
{
    private static readonly JsonElement Cases = GoldenFolder.Json("neural", "optimizers.json").GetProperty("lbfgs");

    public static TheoryData<string> Names => [.. Cases.EnumerateArray().Select(test => test.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Finds_the_minimum_of_the_Rosenbrock_function(string name)
    {
        JsonElement test = Cases.EnumerateArray().Single(entry => entry.GetProperty("name").GetString() == name);
        Parameter x = new(Tensor.From(test.GetProperty("start").Numbers()));
        LbfgsResult result = new Lbfgs([x]).Minimize(() => Rosenbrock(x));
        Assert.True(result.HasConverged);
        double[] want = test.GetProperty("final").Numbers();
        double[] got = x.Value.ToArray<double>();
        for (int i = 0; i < want.Length; i++)
        {
            Assert.Equal(want[i], got[i], 1e-6);
        }
        if (test.Optional("function_evaluations_torch") is { } evaluations)
        {
            Assert.InRange(result.Evaluations, 1, 3 * evaluations.GetInt32());
        }
    }

    [Fact]
    public void Solves_a_quadratic_of_two_parameters_exactly()
    {
        Parameter a = new(Tensor.From([3.0, -2.0]));
        Parameter b = new(Tensor.From([5.0]));
        LbfgsResult result = new Lbfgs([a, b]).Minimize(() => (a.Value - 1.0).Square().Sum() + (10.0 * (b.Value + 2.0).Square().Sum()));
        Assert.InRange(result.Loss, 0, 1e-12);
        Assert.Equal(-2.0, b.Value.ToArray<double>()[0], 1e-6);
    }

    [Fact]
    public void Refuses_a_start_without_a_finite_loss()
    {
        Parameter x = new(Tensor.From([-1.0]));
        Assert.Throws<ArgumentException>("loss", () => new Lbfgs([x]).Minimize(() => x.Value.Log().Sum()));
    }

    private static Tensor Rosenbrock(Parameter x)
    {
        int last = x.Shape[0] - 1;
        Tensor left = x.Value.Slice(0, 0, last);
        Tensor right = x.Value.Slice(0, 1, last);
        return (100.0 * (right - left.Square()).Square()).Sum() + (1.0 - left).Square().Sum();
    }
}
