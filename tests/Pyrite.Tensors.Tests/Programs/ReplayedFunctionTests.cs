using Pyrite.Kernels.Code;
using Pyrite.Testing;
using Pyrite.Tests.Catalogue;

namespace Pyrite.Tests;

/// <summary>Functions that are recorded once: values and gradients against eager execution and against differences, wherever they are
/// evaluated.</summary>
public sealed class ReplayedFunctionTests
{
    private const double Tolerance = 1e-10;

    /// <summary>Sizes around the widths of vectors of 2, 4 and 8 numbers, and of several of them.</summary>
    private static readonly int[] Sizes = [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 23, 31, 32, 33, 64, 100, 131];

    private static readonly Dictionary<string, Func<Tensor[], Tensor>> Functions = new()
    {
        ["arithmetic"] = x => ((x[0] * x[1]) - (x[0] / (1 + x[1].Square())) + (2 * x[2]) - x[0]).Sum(),
        ["exponentials"] = x => (x[0].Exp() + x[1].Expm1() + (-x[0]).Exp() + x[2].Exp()).Sum(),
        ["logarithms"] = x => ((1 + x[0].Square()).Log() + (0.5 * x[1].Tanh()).Log1p() + (3 + x[2].Square()).Log()).Sum(),
        ["sigmoid, softplus, tanh"] = x => (x[0].Sigmoid() * x[1].Softplus() * x[0].Tanh()).Sum() + (x[2].Sigmoid() * x[2].Softplus()),
        ["divisions by a number"] = x => (x[0] / (1 + x[2].Square())).Sum() + ((x[1] / x[2].Exp()).Exp() / (2 + x[2].Tanh())).Sum(),
        ["roots, squares, reciprocals"] =
            x => ((1 + x[0].Square()).Sqrt() * (2 + x[1].Tanh()).Reciprocal()).Sum() + (1 + x[2].Square()).Sqrt().Reciprocal(),
        ["sines and gammas"] = x => (x[0].Sin() * x[1].Cos()).Sum() + (2 + x[0].Square()).LogGamma().Sum() + x[2].Abs().Sin(),
        ["functions without code"] = x => (x[0].Atan() * x[1].Asinh()).Sum() + x[2].Abs().Atan(),
        ["sums of several kinds"] = x => (x[0].Sum() * x[1].Mean()) + (x[0] * x[0].Sum()).Sum() + (x[1] - x[1].Mean()).Square().Sum(),
        ["numbers alone"] = x => (x[2].Exp() * x[2]) + (x[2] / (1 + x[2].Square())),
        ["a number that fills a vector"] =
            x => (x[2] * Tensor.Ones(x[0].Shape, DType.Float64)).Sum() + (x[2].BroadcastTo(x[0].Shape) * 3).Exp().Sum(),
        ["constants"] = x => (x[0] * Ramp(x[0].Count)).Sum() + (x[1] * (Ramp(x[0].Count).Exp() + 1)).Sum() + (x[0] + 0.0 + (x[1] * 1.0)).Sum(),
        ["repeated expressions"] = x => (x[0].Exp() * x[0].Exp()).Sum() + x[0].Exp().Sum() + (x[0].Exp() + x[1]).Sum(),
        ["gather"] = x => (x[0][Indices(x[0].Count)] * Ramp((2 * x[0].Count) + 1)).Sum() + x[1][Indices(x[0].Count)].Exp().Sum(),
        ["gather from the end"] = x => x[0][Tensor.From([-1L, 0, -1])].Exp().Sum(),
        ["gather by group"] = x => (x[2] + (x[1].Exp().Sum() * x[0][Indices(x[0].Count)])).Square().Sum(),
        ["parts"] = x => (x[0][0] * x[1][x[1].Count - 1]) + x[0].Slice(0, 0, (x[0].Count + 1) / 2).Exp().Sum(),
        ["joined"] = x => (Tensor.Concat([x[0], x[1]]).Exp() * Ramp(2 * x[0].Count)).Sum() + Tensor.Stack([x[2], x[0][0], x[1][0]]).Square().Sum(),
        ["matrix times vector"] = x => ((Design(x[0].Count).MatMul(x[0]) + x[2]).Sigmoid() * Ramp(7)).Sum(),
        ["vector times matrix"] = x => x[0].MatMul(Design(x[0].Count).Transpose()).Square().Sum(),
        ["logistic likelihood"] = x => (Ramp(7) * Design(x[0].Count).MatMul(x[0])).Sum() - Design(x[0].Count).MatMul(x[0]).Softplus().Sum(),
        ["outer product"] = x => ((x[0].Unsqueeze(-1) * x[1]) - (x[0].Unsqueeze(-1) + x[1])).Tanh().Sum(),
        ["rows and columns"] = x => ((x[0].Unsqueeze(-1) * x[1]).Sum(0).Exp() * (x[0].Unsqueeze(-1) - x[1]).Tanh().Sum(1)).Sum(),
        ["reshaped"] = x => (x[0].Reshape(-1, 1).Exp() * x[1].Reshape(-1, 1)).Reshape(-1).Sum() + x[0].Unsqueeze(0).Transpose().Square().Sum(),
        ["lanes"] = x => (x[0].Softmax(0) * x[1]).Sum() + (x[0].LogSoftmax(0) * x[1].CumulativeSum(0)).Sum()
            + (x[0].Unsqueeze(-1) * x[1][..Math.Min(3, x[1].Count)]).LogSumExp(0).Sum() + (x[0].Unsqueeze(-1) * x[1]).LogSumExp(1).Tanh().Sum()
            + x[0].Max([0]) - x[1].Min([0]),
        ["a loop over slices"] = x =>
        {
            Tensor state = Tensor.Stack([x[2], x[0][0]]), sum = x[2];
            for (int t = 0; t < x[0].Count; t++)
            {
                state = (state.Unsqueeze(-1) + Ramp(4).Reshape(2, 2)).LogSumExp(0) + x[1][t];
                sum += state[0] * x[0].Slice(0, t, 1).Sum();
            }
            return sum + state.Square().Sum();
        },
        ["small matrices"] = x =>
        {
            Tensor a = Tensor.Concat([x[0], x[1], x[0].Exp(), x[1].Tanh()])[..4].Reshape(2, 2);
            Tensor b = Tensor.Stack([x[2], x[0][0], x[1][0], x[2] * 2, x[2], x[0][0]]);
            return a.MatMul(b.Reshape(2, 3)).Tanh().Sum() + a.Transpose().MatMul(a).LowerTriangle().Diagonal().Square().Sum()
                + b.Reshape(3, 2).Sum(0).Exp().Sum() + (b.Flip(0) * b.Roll(1, 0)).Sum() + b.Pad(0, 1, 2).CumulativeProduct(0).Tanh().Sum();
        },
        ["log-sum-exp"] = x => x[0].LogSumExp(0) + x[0].LogAddExp(x[1]).Sum() + x[0].LogAddExp(x[2]).Sum(),
        ["choices"] = x => Tensor.Where(Ramp(x[0].Count) > 0.5, x[0].Exp(), x[1]).Sum() + Tensor.Where(x[0] > x[1], x[0], x[1]).Sum(),
        ["choices by a mask that is data"] =
            x => (Tensor.Where(Ramp(x[0].Count) > 0.5, x[0].Exp(), x[1]) * Tensor.Where(Ramp(x[0].Count) > 0.9, x[2], 0.0)).Sum()
            + Tensor.Where(Ramp(x[0].Count) > 0.5, 0.0, x[1].Square() + Tensor.Where(Ramp(x[0].Count) > 0.3, x[0], 2)).Sum(),
        ["choices of numbers"] =
            x => Tensor.Where((x[2] > 0.3) | !(x[2] <= -0.4), x[2].Exp(), 3 * x[2])
                * Tensor.Where((x[2] > 0.1) & (x[0].Sum() >= 0.2), x[0].Sum(), x[1].Sum())
            + (Tensor.Where(x[2] > 0.3, x[2] > 0.5, x[2] < -0.2).To(DType.Float64) * x[1].Square().Sum()),
        ["choices of numbers that vectors read"] =
            x => Tensor.Where(x[2] > 0.2, x[0], x[1]).Sum() + (x[0] * (x[1].Sum() > 0.1).To(DType.Float64)).Sum(),
        ["positive definite"] =
            x => Covariance(x).Cholesky().Diagonal().Log().Sum() + Covariance(x).Cholesky().SolveTriangular(x[1].Unsqueeze(-1)).Square().Sum(),
        ["an argument that does not matter"] = x => x[1].Square().Sum(),
        ["linear"] = x => (2 * x[0]).Sum() + x[2],
    };

    public static TheoryData<string> FunctionNames => [.. Functions.Keys];

    public static TheoryData<string> OperationNames => [.. OperationCatalogue.All.Select(entry => entry.Name).Distinct()];

    [Theory, MemberData(nameof(FunctionNames))]
    public void Values_and_gradients_are_those_of_eager_execution_at_every_length(string name)
    {
        foreach (int size in Sizes.Where(size => size <= 33 || name is not ("outer product" or "lanes" or "rows and columns" or "positive definite")))
        {
            Shape[] shapes = [[size], [size], Shape.Scalar];
            AssertSame(Functions[name], shapes, at => Point((2 * size) + 1, at), $"{name}, {size} numbers");
        }
    }

    [Theory, MemberData(nameof(FunctionNames))]
    public void Gradients_are_those_of_differences(string name)
    {
        const int Size = 11;
        ReplayedFunction replayed = Recorded(Functions[name], [[Size], [Size], Shape.Scalar], Point((2 * Size) + 1, 0));
        double[] point = Point((2 * Size) + 1, 1), gradient = new double[point.Length], rest = new double[point.Length];
        replayed.Evaluate(point, gradient);
        for (int i = 0; i < point.Length; i++)
        {
            double At(double shift)
            {
                double[] moved = [.. point];
                moved[i] += shift;
                return replayed.Evaluate(moved, rest);
            }
            const double Step = 1e-3;
            double numerical = ((8 * (At(Step) - At(-Step))) - (At(2 * Step) - At(-2 * Step))) / (12 * Step);
            Assert.Equal(numerical, gradient[i], 1e-7 * Math.Max(1, gradient.Max(Math.Abs)));
        }
    }

    [Theory, MemberData(nameof(OperationNames))]
    public void Every_operation_replays(string name)
    {
        foreach (CatalogueEntry entry in OperationCatalogue.All.Where(entry => entry.Name == name))
        {
            foreach (int largest in (int[])[1, 3, 9])
            {
                CatalogueCase[] versions =
                    [.. Enumerable.Range(0, 2).Select(version => entry.Make(new Draw((ulong)(100 + largest), largest, version)))];
                if (Array.Exists(versions[0].Points, point => point.Count == 0 || point.DType != DType.Float64))
                {
                    continue;
                }
                Func<Tensor[], Tensor> function = versions[0].Function;
                Tensor output = function(versions[0].Points);
                Tensor weights = RandomKey.FromSeed(5).Normal(output.Shape, DType.Float64);
                AssertSame(
                    x => (function(x) * weights).Sum(), [.. versions[0].Points.Select(point => point.Shape)],
                    at => [.. versions[at].Points.SelectMany(point => point.ToArray<double>())], $"{name} at {versions[0]}", versions: 2,
                        canRead: true);
            }
        }
    }

    [Fact]
    public void What_a_plain_density_needs_is_compiled()
    {
        string[] plain =
        [
            "arithmetic", "sines and gammas", "exponentials", "logarithms", "sigmoid, softplus, tanh", "roots, squares, reciprocals",
                "sums of several kinds",
                "numbers alone", "constants",
            "repeated expressions", "gather", "gather from the end", "gather by group", "parts", "joined", "vector times matrix",
            "outer product", "rows and columns", "reshaped", "log-sum-exp", "a loop over slices", "small matrices", "functions without code",
            "choices by a mask that is data", "choices of numbers", "an argument that does not matter",
                "linear",
        ];
        foreach (string name in plain)
        {
            // A machine without vectors has no code; every operation then runs by itself.
            IReadOnlyList<string> rest = Recorded(Functions[name], [[11], [11], Shape.Scalar], Point(23, 0)).Uncompiled;
            Assert.True(VectorCode.IsAvailable == (rest.Count == 0), $"{name}: {string.Join(", ", rest)}");
        }
        Assert.NotEmpty(Recorded(Functions["positive definite"], [[11], [11], Shape.Scalar], Point(23, 0)).Uncompiled);
    }

    [Fact]
    public void A_long_program_of_numbers_is_compiled_in_several_methods()
    {
        // Thousands of operations, early ones of which are read late and the other way round by the gradient.
        static Tensor Long(Tensor[] x)
        {
            Tensor u = x[0][0], v = x[0][1], sum = x[2];
            for (int i = 0; i < 600; i++)
            {
                (u, v) = (u + (0.01 * v), v - (0.01 * u * x[2]));
                sum += u * v;
            }
            return sum + u + v + x[1].Square().Sum();
        }
        ReplayedFunction replayed = Recorded(Long, [[2], [9], Shape.Scalar], Point(12, 0));
        Assert.Equal(!VectorCode.IsAvailable,
            replayed.Uncompiled.Any(
                name => name.StartsWith("add", StringComparison.Ordinal) || name.StartsWith("multiply", StringComparison.Ordinal)));
        AssertSame(Long, [[2], [9], Shape.Scalar], at => Point(12, at), "long program");
    }

    [Fact]
    public void A_function_that_reads_a_value_is_not_replayed()
    {
        Shape[] shapes = [[3]];
        Assert.Null(ReplayedFunction.TryRecord(x => [x[0].Sum().Item() > 0 ? x[0].Sum() : -x[0].Sum()], shapes, Point(3, 0), withGradient: true));
        Tensor constant = Tensor.From([1.0, 2]);
        Assert.NotNull(ReplayedFunction.TryRecord(x => [x[0].Sum() * constant.Sum().Item()], shapes, Point(3, 0), withGradient: true));
    }

    [Fact]
    public void A_check_that_fails_gives_minus_infinity_and_the_next_point_is_computed_again()
    {
        foreach (int size in (int[])[1, 3, 8, 9, 20])
        {
            Tensor Checked(Tensor[] x)
            {
                StepCheck.Add((x[0] > 0).All([0]), new Refusal(), null, x[0]);
                return x[0].Log().Sum();
            }
            ReplayedFunction replayed = Recorded(Checked, [[size]], [.. Enumerable.Repeat(2.0, size)]);
            double[] gradient = new double[size], good = [.. Enumerable.Range(1, size).Select(i => (double)i)];
            for (int bad = 0; bad < size; bad++)
            {
                double[] point = [.. good];
                foreach (double value in (double[])[-1, 0, double.NaN])
                {
                    point[bad] = value;
                    Assert.Equal(double.NegativeInfinity, replayed.Evaluate(point, gradient));
                }
            }
            Assert.Equal(good.Sum(Math.Log), replayed.Evaluate(good, gradient), 10);
            Assert.Equal(1.0 / size, gradient[^1], 12);
        }
    }

    [Fact]
    public void A_matrix_that_is_not_positive_definite_throws_and_leaves_the_function_usable()
    {
        ReplayedFunction replayed = Recorded(x => x[0].Reshape(2, 2).Cholesky().Diagonal().Log().Sum(), [[4]], [2, 0.5, 0.5, 1]);
        double[] gradient = new double[4];
        Assert.Throws<ArgumentException>(() => replayed.Evaluate([1, 2, 2, 1], gradient));
        Assert.Equal(0.5 * Math.Log((3 * 2) - 1), replayed.Evaluate([3, 1, 1, 2], gradient), 12);
    }

    [Fact]
    public void Forks_have_memory_of_their_own()
    {
        Func<Tensor[], Tensor> function = Functions["logistic likelihood"];
        Shape[] shapes = [[9], [9], Shape.Scalar];
        ReplayedFunction first = Recorded(function, shapes, Point(19, 0)), second = first.Fork();
        double[] a = new double[19], b = new double[19], again = new double[19];
        double here = first.Evaluate(Point(19, 1), a);
        double[] fromThread = new double[19];
        Thread thread = new(() =>
        {
            for (int i = 0; i < 100; i++)
            {
                second.Evaluate(Point(19, 2), fromThread);
            }
        });
        thread.Start();
        for (int i = 0; i < 100; i++)
        {
            Assert.Equal(here, first.Evaluate(Point(19, 1), again));
            Assert.Equal(a, again);
        }
        thread.Join();
        first.Evaluate(Point(19, 2), b);
        Assert.Equal(b, fromThread);
    }

    [Fact]
    public void Several_results_without_gradients_can_be_read()
    {
        Shape[] shapes = [[5], Shape.Scalar];
        ReplayedFunction replayed =
            ReplayedFunction.TryRecord(x => [x[0].Exp(), x[0] + x[1], x[0], Ramp(3), x[1] * 2, x[1]], shapes, Point(6, 0), withGradient: false)!;
        double[] point = Point(6, 1);
        Assert.True(replayed.Run(point));
        double[] Read(int output, int count)
        {
            double[] values = new double[count];
            replayed.Read(output, values);
            return values;
        }
        Close.Assert(Read(0, 5), [.. point[..5].Select(Math.Exp)], rtol: 1e-14, atol: 0, "exponentials");
        Assert.Equal([.. point[..5].Select(x => x + point[5])], Read(1, 5));
        Assert.Equal(point[..5], Read(2, 5));
        Assert.Equal(Ramp(3).ToArray<double>(), Read(3, 3));
        Assert.Equal([2 * point[5]], Read(4, 1));
        Assert.Equal([point[5]], Read(5, 1));
    }

    [Fact]
    public void A_steady_evaluation_allocates_nothing()
    {
        ReplayedFunction replayed = Recorded(Functions["gather by group"], [[17], [17], Shape.Scalar], Point(35, 0));
        double[] point = Point(35, 1), gradient = new double[35];
        replayed.Evaluate(point, gradient);
        Assert.Equal(0, Allocation.Least(() =>
        {
            for (int i = 0; i < 100; i++)
            {
                replayed.Evaluate(point, gradient);
            }
        }));
    }

    private static ReplayedFunction Recorded(Func<Tensor[], Tensor> function, Shape[] shapes, double[] point) =>
        ReplayedFunction.TryRecord(x => [function(x)], shapes, point, withGradient: true)!;

    private static void AssertSame(Func<Tensor[], Tensor> function, Shape[] shapes, Func<int, double[]> point, string what, int versions = 3,
        bool canRead = false)
    {
        ReplayedFunction? replayed = ReplayedFunction.TryRecord(x => [function(x)], shapes, point(0), withGradient: true);
        if (replayed is null && canRead)
        {
            return;
        }
        Assert.NotNull(replayed);
        for (int at = 0; at < versions; at++)
        {
            double[] numbers = point(at), gradient = new double[numbers.Length];
            double value = replayed.Evaluate(numbers, gradient);
            Tensor[] variables = ReplayedFunction.Split(numbers, shapes);
            Tensor expected = function(variables);
            Close.Assert([value], [expected.Item()], rtol: Tolerance, atol: Tolerance, $"{what}: value at point {at}");
            double[] slopes = expected.RequiresGradient
                ? [.. Gradient.OrNull(expected, variables).Zip(variables, (slope, x) => slope?.ToArray<double>() ?? new double[x.Count])
                    .SelectMany(slope => slope)]
                : new double[numbers.Length];
            Close.Assert(gradient, slopes, rtol: Tolerance, atol: Tolerance * Math.Max(1, slopes.Max(Math.Abs)), $"{what}: gradient at point {at}");
        }
    }

    private static double[] Point(int count, int version)
    {
        double[] point = new double[count];
        RandomKey.FromSeed((ulong)version).FillNormal(point);
        return point;
    }

    private static Tensor Ramp(int count) => Tensor.LinearSpace(0.1, 1.3, count, DType.Float64);

    /// <summary>Twice as many as there are and one more, repeated and out of order.</summary>
    private static Tensor Indices(int count) => Tensor.From([.. Enumerable.Range(0, (2 * count) + 1).Select(i => (long)(i * 7 % count))]);

    private static Tensor Design(int columns) => RandomKey.FromSeed(77).Normal([7, columns], DType.Float64);

    private static Tensor Covariance(Tensor[] x) =>
        (x[0].Unsqueeze(-1) * x[0]) + ((2 + x[2].Square()) * Tensor.Identity(x[0].Count, DType.Float64));

    [Fact]
    public void Arguments_that_are_taken_one_by_one_stay()
    {
        ReplayedFunction function = ReplayedFunction.TryRecord(
            all => [(all[0] * all[1]).Sum() + all[2].Sum(), all[1] * 2.0, Tensor.From([7.0])], [Shape.Scalar, [2], [3]], [1, 2, 3, 4, 5, 6], false)!;
        double[] sum = new double[1], twice = new double[2], known = new double[1];
        function.Load(0, [10]);
        function.Load(1, [1, 2]);
        function.Load(2, [0, 0, 1]);

        Assert.True(function.Run());
        function.Read(0, sum);
        function.Read(1, twice);
        function.Read(2, known);
        Assert.Equal(31, sum[0]);
        Assert.Equal([2.0, 4], twice);
        Assert.Equal(7, known[0]);
        function.Load(0, [1]);
        Assert.True(function.Run());
        function.Read(0, sum);
        Assert.Equal(4, sum[0]);
    }

    private sealed class Refusal : ICheckSubject
    {
        public Exception Refuse(string? part, Tensor value) => new ArgumentException("Not positive.");
    }
}
