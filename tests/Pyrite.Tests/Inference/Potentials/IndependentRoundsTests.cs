using static Pyrite.Primitives;

namespace Pyrite.Tests;

/// <summary>A site for each day is as good as a plate of days: whole arrays, and the same density.</summary>
public sealed class IndependentRoundsTests
{
    private const int Days = 300;

    private static readonly double[] Inputs = Numbers(1), Outcomes = Numbers(2);

    [Fact]
    public void Observed_days_are_whole_arrays()
    {
        Potential potential = Potential.Of(() =>
        {
            Tensor level = Sample("level", new Normal(0, 1)), slope = Sample("slope", new Normal(0, 1)), noise = Sample("noise", new HalfNormal(1));
            for (int t = 0; t < Days; t++)
            {
                Sample($"y{t}", new Normal(level + (slope * Inputs[t]), noise), observed: Outcomes[t]);
            }
        });
        Potential plate = Potential.Of(() =>
        {
            Tensor level = Sample("level", new Normal(0, 1)), slope = Sample("slope", new Normal(0, 1)), noise = Sample("noise", new HalfNormal(1));
            using PlateScope days = Plate("days", Days);
            Sample("y", new Normal(level + (slope * Tensor.From(Inputs)), noise), observed: Tensor.From(Outcomes));
        });

        Compare(plate, potential);
        ExecutionPlan plan = Inspect.Plan(potential);
        Assert.Empty(plan.UnrolledLoops);
        Assert.All(plan.Segments.Single().Parts.Where(part => part.Kind == PlanPartKind.Numbers),
            part => Assert.InRange(part.Operations.Count, 1, 100));
    }

    [Fact]
    public void Latent_days_have_the_density_of_their_plate()
    {
        Potential potential = Potential.Of(() =>
        {
            Tensor level = Sample("level", new Normal(0, 1)), spread = Sample("spread", new HalfNormal(1));
            for (int t = 0; t < Days; t++)
            {
                Tensor day = Sample($"day{t}", new LogNormal(level, spread));
                Sample($"y{t}", new Normal(day.Log(), day), observed: Outcomes[t]);
            }
        });
        Potential plate = Potential.Of(() =>
        {
            Tensor level = Sample("level", new Normal(0, 1)), spread = Sample("spread", new HalfNormal(1));
            using PlateScope days = Plate("days", Days);
            Tensor day = Sample("day", new LogNormal(level, spread));
            Sample("y", new Normal(day.Log(), day), observed: Tensor.From(Outcomes));
        });

        Compare(plate, potential);
        Assert.Empty(Inspect.Plan(potential).UnrolledLoops);
    }

    private static void Compare(Potential expected, Potential potential)
    {
        Assert.True(potential.IsReplayed);
        double[] point = [.. Enumerable.Range(0, expected.Dimension).Select(i => 0.3 * Math.Sin(i))];
        double[] gradient = new double[point.Length], slope = new double[point.Length];
        double value = expected.LogDensity(point, gradient);

        Assert.Equal(value, potential.LogDensity(point, slope), 1e-10 * Math.Abs(value));
        Assert.All(Enumerable.Range(0, point.Length), i => Assert.Equal(gradient[i], slope[i], 1e-9 * (1 + gradient.Max(Math.Abs))));
    }

    private static double[] Numbers(ulong seed)
    {
        double[] numbers = new double[Days];
        RandomKey.FromSeed(seed).FillNormal(numbers);
        return numbers;
    }
}
