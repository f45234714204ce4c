using Pyrite.Kernels.Code;

namespace Pyrite.Tests;

/// <summary>Comparisons, logic and choices of single numbers in recorded functions, against C#.</summary>
public sealed class ReplayedLogicTests
{
    private static readonly double[] Numbers = [double.NegativeInfinity, -1.5, -0.0, 0.0, 1e-300, 2, double.PositiveInfinity, double.NaN];

    private static readonly Dictionary<string, (Func<Tensor, Tensor, Tensor> Of, Func<double, double, bool> Expected)> Relations = new()
    {
        [">"] = ((a, b) => a > b, (a, b) => a > b),
        [">="] = ((a, b) => a >= b, (a, b) => a >= b),
        ["<"] = ((a, b) => a < b, (a, b) => a < b),
        ["<="] = ((a, b) => a <= b, (a, b) => a <= b),
        ["equal"] = ((a, b) => a.EqualTo(b), (a, b) => a == b),
        ["not equal"] = ((a, b) => a.NotEqualTo(b), (a, b) => a != b),
        ["not"] = ((a, b) => !(a > b), (a, b) => !(a > b)),
        ["and"] = ((a, b) => (a > -1) & (b < 1), (a, b) => a > -1 && b < 1),
        ["or"] = ((a, b) => (a > 1) | (b < -1), (a, b) => a > 1 || b < -1),
        ["either"] = ((a, b) => (a > 0) ^ (b > 0), (a, b) => a > 0 ^ b > 0),
        ["finite"] = ((a, b) => a.IsFinite() & b.IsFinite(), (a, b) => double.IsFinite(a) && double.IsFinite(b)),
        ["not a number"] = ((a, b) => a.IsNan() | b.IsNan(), (a, b) => double.IsNaN(a) || double.IsNaN(b)),
        ["a choice of truth"] = ((a, b) => Tensor.Where(a > b, a > 0, b >= 2), (a, b) => a > b ? a > 0 : b >= 2),
        ["truth of a number"] = ((a, b) => a.To(DType.Bool), (a, b) => a != 0),
        ["a constant truth"] = ((a, b) => Tensor.From([true]).Reshape(Shape.Scalar) & (a > b), (a, b) => a > b),
    };

    public static TheoryData<string> Names => [.. Relations.Keys];

    [Theory, MemberData(nameof(Names))]
    public void A_relation_holds_as_in_CSharp_at_any_numbers(string name)
    {
        (Func<Tensor, Tensor, Tensor> relation, Func<double, double, bool> expected) = Relations[name];
        ReplayedFunction replayed =
            ReplayedFunction.TryRecord(x => [Tensor.Where(relation(x[0], x[1]), 1.0, 0.0)], [Shape.Scalar, Shape.Scalar], [0.3, 0.7],
                withGradient: false)!;
        Assert.Equal(VectorCode.IsAvailable, replayed.Uncompiled.Count == 0);
        double[] result = new double[1];
        foreach (double a in Numbers)
        {
            foreach (double b in Numbers)
            {
                replayed.Run([a, b]);
                replayed.Read(0, result);
                Assert.True(result[0] == (expected(a, b) ? 1 : 0), $"{a} {name} {b} gave {result[0]}");
            }
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void A_relation_of_vectors_holds_as_in_CSharp_in_every_lane(string name)
    {
        (Func<Tensor, Tensor, Tensor> relation, Func<double, double, bool> expected) = Relations[name];
        foreach (int count in (int[])[2, 7, 16, 64])
        {
            // Every number meets every other one, in turns.
            double[] a = [.. Enumerable.Range(0, count).Select(i => Numbers[i % 8])];
            double[] b = [.. Enumerable.Range(0, count).Select(i => Numbers[((i / 8) + i) % 8])];
            double[] zeros = new double[2 * count];
            ReplayedFunction replayed = ReplayedFunction.TryRecord(
                x => [Tensor.Where(relation(x[0], x[1]), x[0] + 1, 3 - x[1]), relation(x[0], x[1]).To(DType.Float64)], [[count], [count]], zeros,
                withGradient: false)!;
            bool isOne = name is ">" or ">=" or "<" or "<=" or "equal" or "not equal";
            Assert.True(!isOne || !VectorCode.IsAvailable || replayed.Uncompiled.Count == 0, string.Join(", ", replayed.Uncompiled));
            replayed.Run([.. a, .. b]);
            double[] chosen = new double[count], truth = new double[count];
            replayed.Read(0, chosen);
            replayed.Read(1, truth);
            for (int i = 0; i < count; i++)
            {
                bool holds = expected(a[i], b[i]);
                Assert.Equal(holds ? 1 : 0, truth[i]);
                Assert.Equal(holds ? a[i] + 1 : 3 - b[i], chosen[i]);
            }
        }
    }

    [Fact]
    public void A_vector_gets_the_gradient_of_the_branch_that_each_lane_takes()
    {
        double[] point = [-2, 2, -0.5, 0.25, 4, 1e-3, -7, 1, 3];
        ReplayedFunction replayed = ReplayedFunction.TryRecord(
            x => [Tensor.Where(x[0] > 0, x[0].Log(), -x[0].Square()).Sum()], [[point.Length]], new double[point.Length], withGradient: true)!;
        Assert.Equal(VectorCode.IsAvailable, replayed.Uncompiled.Count == 0);
        double[] gradient = new double[point.Length];
        Assert.Equal(point.Sum(x => x > 0 ? Math.Log(x) : -x * x), replayed.Evaluate(point, gradient), 1e-12);
        for (int i = 0; i < point.Length; i++)
        {
            Assert.Equal(point[i] > 0 ? 1 / point[i] : -2 * point[i], gradient[i], 1e-12 * Math.Abs(gradient[i]));
        }
    }

    [Fact]
    public void The_branch_that_is_not_taken_gives_nothing_to_the_gradient_even_where_it_is_no_number()
    {
        ReplayedFunction replayed =
            ReplayedFunction.TryRecord(x => [Tensor.Where(x[0] > 0, x[0].Log(), -x[0].Square())], [Shape.Scalar], [0.5], withGradient: true)!;
        double[] gradient = new double[1];
        Assert.Equal(-4, replayed.Evaluate([-2], gradient));
        Assert.Equal([4], gradient);
        Assert.Equal(Math.Log(2), replayed.Evaluate([2], gradient));
        Assert.Equal([0.5], gradient);
    }

    [Fact]
    public void Truth_is_read_across_methods_and_by_operations_without_code()
    {
        // Early truth that is read after thousands of operations, by a choice between vectors too.
        static Tensor Long(Tensor[] x)
        {
            Tensor isLarge = x[0] > 0.5, both = isLarge & (x[1] < 1), sum = x[0];
            for (int i = 0; i < 800; i++)
            {
                sum = Tensor.Where(sum > 10, sum - (10 * x[0]), sum + (x[1] * (0.1 + (0.01 * i))));
            }
            return Tensor.Where(both, sum, -sum)
                + Tensor.Where(isLarge, Tensor.Range(5).To(DType.Float64) * x[0], x[1] + Tensor.Zeros([5], DType.Float64)).Sum();
        }
        ReplayedFunction replayed = ReplayedFunction.TryRecord(x => [Long(x)], [Shape.Scalar, Shape.Scalar], [0.3, 0.7], withGradient: false)!;
        foreach ((double a, double b) in ((double, double)[])[(0.3, 0.7), (0.8, 0.7), (0.8, 1.3), (0.2, 2.5)])
        {
            double[] result = new double[1];
            replayed.Run([a, b]);
            replayed.Read(0, result);
            Assert.Equal(Long([Tensor.From([a]).Reshape(Shape.Scalar), Tensor.From([b]).Reshape(Shape.Scalar)]).Item(), result[0],
                1e-10 * Math.Abs(result[0]));
        }
    }
}
