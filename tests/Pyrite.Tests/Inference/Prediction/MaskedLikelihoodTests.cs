using static Pyrite.Primitives;

namespace Pyrite.Tests;

/// <summary>Observations that a mask leaves out, whatever the kind of mask, are no data points: comparisons count them neither in sums nor in
/// standard errors, and the others keep their names.</summary>
public sealed class MaskedLikelihoodTests
{
    private static readonly Tensor There = Tensor.From<bool>([false, true, true, false, true]).Keep();

    private static readonly Tensor Data = Tensor.From([double.NaN, 1, -0.5, double.PositiveInfinity, 2]).Keep();

    public static TheoryData<string> Kinds => ["handler", "distribution", "both", "missing", "events"];

    [Theory, MemberData(nameof(Kinds))]
    public void The_likelihood_is_that_of_the_rows_that_are_there(string kind)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        Draws posterior = new(2, [new DrawsVariable("m", Shape.Scalar, [0.3, -1])]);
        Draws found = Predictive.LogLikelihood<int>(_ => Model(kind), 0, posterior);
        DrawsVariable likelihood = found.Variables.Single();

        Assert.Equal(["1", "2", "4"], likelihood.ScalarNames.Select(name => name[(name.IndexOf('[') + 1)..^1]));
        double[] expected =
            [.. new[] { 0.3, -1 }.SelectMany(m => new[] { 1, -0.5, 2 }.Select(y => (-0.5 * (y - m) * (y - m)) - (0.5 * Math.Log(2 * Math.PI))))];
        Assert.All(expected.Zip(likelihood.Values.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }

    [Fact]
    public void An_event_that_is_there_in_part_is_there()
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        Draws posterior = new(1, [new DrawsVariable("m", Shape.Scalar, [0.5])]);
        Draws found = Predictive.LogLikelihood<int>(_ =>
        {
            Tensor m = Sample("m", new Normal(0, 1));
            using PlateScope rows = Plate("rows", 2);
            Sample("y", new Normal(m, Tensor.Ones(2, 3)).Mask(Tensor.From<bool>([true, false, true, false, false, false], [2, 3])).ToEvent(1),
                observed: Tensor.From([0, double.NaN, 1, 7, 8, 9], [2, 3]));
        }, 0, posterior);

        Assert.Equal(["y[0]"], found.Variables.Single().ScalarNames);
        Assert.Equal((-0.5 * 0.5) - Math.Log(2 * Math.PI), found.Variables.Single().Values[0], 1e-12);
    }

    private static void Model(string kind)
    {
        Tensor m = Sample("m", new Normal(0, 1));
        using PlateScope rows = Plate("rows", 5);
        using HandlerScope mask = new MaskHandler(kind switch
        {
            "handler" => There,
            "both" => Tensor.From<bool>([false, true, true, true, true]),
            _ => Tensor.Ones([5], DType.Bool),
        }).Enter();
        Distribution normal = new Normal(m, Tensor.Ones(5));
        switch (kind)
        {
            case "distribution":
                Sample("y", normal.Mask(There), observed: Data);
                break;
            case "both":
                Sample("y", normal.Mask(Tensor.From<bool>([true, true, true, false, true])), observed: Data);
                break;
            case "missing":
                Sample("y", normal, observed: Data, observedMask: There);
                break;
            case "events":
                Sample("y", new Normal(m, Tensor.Ones(5, 1)).ToEvent(1).Mask(There), observed: Data.Unsqueeze(-1));
                break;
            default:
                Sample("y", normal, observed: Data);
                break;
        }
    }
}
