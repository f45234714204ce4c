using Pyrite.Testing;

namespace Pyrite.Tests;

/// <summary>Scans against loops in C#, closed forms and differences.</summary>
public sealed class ScanTests
{
    private static readonly Dictionary<string, Recurrence> Recurrences = new()
    {
        ["moving average"] = new(
            x => [x[0]], x => [x[1]],
            (x, c, y) => ([y[0] - (x[2] * y[0].Square()) - (x[3] * c[0])], [c[0].Square()])),
        ["volatility"] = new(
            x => [1 + x[0].Square()], x => [x[1]],
            (x, c, y) => Give(0.1 + (x[2].Square() * y[0].Square()) + (x[3].Sigmoid() * c[0]), next => [next.Sqrt(), next.Log()])),
        ["two parts that change places"] = new(
            x => [x[0], 2 * x[0]], x => [x[1], x[1].Exp()],
            (x, c, y) => ([c[1] * x[2], c[0] + (y[0] * y[1])], [c[0] * c[1], y[1]])),
        ["states"] = new(
            x => [x[0] * Tensor.Ones([3], DType.Float64)], x => [x[1]],
            (x, c, y) => Give((c[0].Reshape(-1, 1) + (x[2] * Ramp(3, 3))).LogSumExp(0) + (y[0] * x[3]), next => [next.Sum()])),
        ["a matrix"] = new(
            x => [x[0] * Tensor.Ones([2, 1], DType.Float64)], x => [x[1]],
            (x, c, y) => ([((Ramp(2, 2) * x[2]).MatMul(c[0]) + y[0]).Tanh()], [c[0].Reshape(-1)])),
        ["choices"] = new(
            x => [x[0]], x => [x[1]],
            (x, c, y) => ([Tensor.Where(y[0] > 0.1, c[0] * x[2], c[0] + y[0])], [Tensor.Where(c[0] > 0.2, c[0], x[3] * c[0])])),
        ["nothing carried on"] = new(
            x => [x[0]], x => [x[1]],
            (x, c, y) => ([y[0] * x[2]], [(x[3] * y[0]).Exp()])),
        ["a carry that stays"] = new(
            x => [x[0]], x => [x[1]],
            (x, c, y) => ([c[0]], [x[2] * c[0] * y[0]])),
        ["detached"] = new(
            x => [x[0]], x => [x[1]],
            (x, c, y) => ([(c[0].Detach() * x[2]) + (c[0] * y[0])], [(c[0] * x[3]).Detach()])),
    };

    public static TheoryData<string, int> Cases
    {
        get
        {
            TheoryData<string, int> cases = [];
            foreach (string name in Recurrences.Keys)
            {
                foreach (int rounds in new[] { 0, 1, 2, 7 })
                {
                    cases.Add(name, rounds);
                }
            }
            return cases;
        }
    }

    public static TheoryData<string> Names => [.. Recurrences.Keys];

    [Theory, MemberData(nameof(Cases))]
    public void A_scan_has_the_bits_of_the_loop(string name, int rounds)
    {
        Tensor[] point = Point(rounds);
        Assert.Equal(Recurrences[name].Loop(point).ToArray<double>(), Recurrences[name].Scan(point).ToArray<double>());
    }

    [Theory, MemberData(nameof(Cases))]
    public void Gradients_are_those_of_the_loop(string name, int rounds)
    {
        Tensor[] scan = Gradient.Of(x => Weighted(Recurrences[name].Scan(x)), Point(rounds));
        Tensor[] loop = Gradient.Of(x => Weighted(Recurrences[name].Loop(x)), Point(rounds));
        for (int i = 0; i < scan.Length; i++)
        {
            Close.Assert(scan[i].ToArray<double>(), loop[i].ToArray<double>(), 1e-12, 1e-12, $"input {i}");
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void Second_derivatives_are_those_of_the_loop(string name, int rounds)
    {
        Tensor[] Second(Func<Tensor[], Tensor> function)
        {
            Tensor[] variables = [.. Point(rounds).Select(part => part.AsVariable())];
            Tensor[] first = Gradient.Of(Weighted(function(variables)), variables, createGraph: true);
            Tensor sum = first.Select((gradient, i) => (gradient * (i + 0.5)).Sin().Sum()).Aggregate((a, b) => a + b);
            return sum.RequiresGradient ? Gradient.Of(sum, variables) : [.. variables.Select(variable => 0 * variable)];
        }
        Tensor[] scan = Second(Recurrences[name].Scan), loop = Second(Recurrences[name].Loop);
        for (int i = 0; i < scan.Length; i++)
        {
            Close.Assert(scan[i].ToArray<double>(), loop[i].ToArray<double>(), 1e-11, 1e-11, $"input {i}");
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void Steps_have_the_bits_of_eager_execution(string name, int rounds)
    {
        Tensor[] point = Point(rounds);
        double[][] Evaluate()
        {
            Tensor[] variables = [.. point.Select(part => part.AsVariable())];
            Tensor value = Weighted(Recurrences[name].Scan(variables));
            return [value.ToArray<double>(), .. Gradient.Of(value, variables).Select(gradient => gradient.ToArray<double>())];
        }
        double[][] eager = Evaluate();
        for (int step = 0; step < 50; step++)
        {
            using StepScope scope = StepScope.Begin();
            double[][] recorded = Evaluate();
            Assert.True(eager.Zip(recorded).All(pair => pair.First.SequenceEqual(pair.Second)), $"step {step}");
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Compiled_rounds_have_the_bits_of_kernels(string name)
    {
        // Kernels run the first rounds, until compiling is worth it.
        Tensor[] point = Point(1500);
        double[][] Evaluate()
        {
            Tensor[] variables = [.. point.Select(part => part.AsVariable())];
            Tensor value = Recurrences[name].Scan(variables);
            return [value.ToArray<double>(), .. Gradient.Of(Weighted(value), variables).Select(gradient => gradient.ToArray<double>())];
        }
        double[][] kernels = Evaluate();
        for (int call = 0; call < 70; call++)
        {
            double[][] later = Evaluate();
            Assert.True(kernels.Zip(later).All(pair => pair.First.SequenceEqual(pair.Second)), $"call {call}");
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void Densities_agree_with_the_loop(string name, int rounds)
    {
        Tensor[] point = Point(rounds);
        Shape[] shapes = [.. point.Select(part => part.Shape)];
        double[] numbers = [.. point.SelectMany(part => part.ToArray<double>())], gradient = new double[numbers.Length];
        ReplayedFunction function = ReplayedFunction.TryRecord(x => [Weighted(Recurrences[name].Scan(x))], shapes, numbers, withGradient: true)!;
        Assert.NotNull(function);
        for (int i = 0; i < 3; i++)
        {
            Tensor[] at = ReplayedFunction.Split(numbers, shapes);
            double value = function.Evaluate(numbers, gradient);
            Assert.Equal(Weighted(Recurrences[name].Loop(at)).Item(), value, 1e-10);
            double[] expected = [.. Gradient.Of(x => Weighted(Recurrences[name].Loop(x)), at).SelectMany(part => part.ToArray<double>())];
            Close.Assert(gradient, expected, 1e-10, 1e-10, "gradient");
            numbers = [.. numbers.Select(x => (0.9 * x) + 0.01)];
        }
    }

    [Fact]
    public void Gradients_agree_with_differences() => GradientCheck.Verify(x => Recurrences["volatility"].Scan(x), Point(5));

    [Fact]
    public void A_geometric_sum_has_its_closed_form()
    {
        // sᵢ = r sᵢ₋₁ + 1 from 0: (1 - rⁿ) / (1 - r)
        Tensor ratio = Tensor.From([0.7]).Reshape(Shape.Scalar);
        (Tensor last, Tensor all) = Scan.Run(Tensor.Zeros(Shape.Scalar, DType.Float64), 30, s => ((ratio * s) + 1, s));
        Assert.Equal((1 - Math.Pow(0.7, 30)) / 0.3, last.Item(), 1e-13);
        Assert.Equal((1 - Math.Pow(0.7, 29)) / 0.3, all[29].Item(), 1e-13);
    }

    [Fact]
    public void Backwards_the_last_round_comes_first_and_outputs_keep_their_places()
    {
        Tensor x = Tensor.From([1.0, 2, 3, 4]);
        (Tensor last, Tensor sums) = Scan.Run(Tensor.Zeros(Shape.Scalar, DType.Float64), x, (s, y) => (s + y, s + y), reverse: true);
        Assert.Equal([10.0, 9, 7, 4], sums.ToArray<double>());
        Assert.Equal(10, last.Item());
    }

    [Fact]
    public void Tuples_arrays_and_records_are_carried()
    {
        Tensor x = Tensor.From([1.0, 2, 3]), zero = Tensor.Zeros(Shape.Scalar, DType.Float64);
        ((Tensor sum, Tensor product), (Tensor a, Tensor b)) =
            Scan.Run((zero, zero + 1), (x, 2 * x), (c, y) => ((c.Item1 + y.Item1, c.Item2 * y.Item2), (c.Item1, c.Item2)));
        Assert.Equal([6.0, 48], [sum.Item(), product.Item()]);
        Assert.Equal([0.0, 1, 3, 1, 2, 8], Tensor.Concat([a, b]).ToArray<double>());
        Level level = Scan.Fold(new Level(zero, zero), x, (c, y) => new Level(c.Value + c.Slope + y, c.Slope + 1));
        Assert.Equal([9.0, 3], [level.Value.Item(), level.Slope.Item()]);
        Tensor[] pair = Scan.Fold<Tensor[], Tensor[]>([zero, zero], [x], (c, y) => [c[1], c[0] + y[0]]);
        Assert.Equal([2.0, 4], pair.Select(part => part.Item()));
    }

    [Fact]
    public void Rounds_that_do_not_count_hold_the_carry_and_have_no_gradient()
    {
        Tensor mask = Tensor.From([true, false, true, false]), x = Tensor.From([1.0, double.NaN, 3, double.NaN]).AsVariable();
        Tensor factor = Tensor.Full(Shape.Scalar, 0.5, DType.Float64).AsVariable();
        (Tensor last, Tensor outputs) = Scan.Run(Tensor.Zeros(Shape.Scalar, DType.Float64), x,
            (c, y) => ((factor * c) + y.Square(), (factor * y).Exp()), mask);
        Assert.Equal(9.5, last.Item());
        Assert.Equal([Math.Exp(0.5), 0, Math.Exp(1.5), 0], outputs.ToArray<double>());
        Tensor[] gradients = Gradient.Of(last + outputs.Sum(), [x, factor]);
        Assert.Equal([1 + (0.5 * Math.Exp(0.5)), 0, 6 + (0.5 * Math.Exp(1.5)), 0], gradients[0].ToArray<double>());
        Assert.Equal(1 + Math.Exp(0.5) + (3 * Math.Exp(1.5)), gradients[1].Item(), 1e-12);
    }

    [Fact]
    public void A_mask_may_differ_within_a_batch()
    {
        Tensor mask = Tensor.From([[true, true], [true, false]]), x = Tensor.From([[1.0, 2], [3, double.NaN]]).AsVariable();
        Tensor last = Scan.Fold(Tensor.Zeros([2], DType.Float64), x, (c, y) => (2 * c) + y.Square(), mask);
        Assert.Equal([11.0, 4], last.ToArray<double>());
        Assert.Equal([4.0, 4, 6, 0], Gradient.Of(last.Sum(), [x])[0].ToArray<double>());
    }

    [Fact]
    public void Scans_nest()
    {
        Tensor x = Tensor.From([[1.0, 2], [3, 4], [5, 6]]);
        Tensor Nested(Tensor a) => Scan.Fold(Tensor.Zeros(Shape.Scalar, DType.Float64), x,
            (c, row) => Scan.Fold(c, row, (d, y) => (a * d) + y.Sin()).Tanh());
        Tensor Looped(Tensor a)
        {
            Tensor c = Tensor.Zeros(Shape.Scalar, DType.Float64);
            for (int i = 0; i < 3; i++)
            {
                for (int j = 0; j < 2; j++)
                {
                    c = (a * c) + x[i, j].Sin();
                }
                c = c.Tanh();
            }
            return c;
        }
        Tensor point = Tensor.Full(Shape.Scalar, 0.8, DType.Float64);
        Assert.Equal(Looped(point).Item(), Nested(point).Item());
        Assert.Equal(Gradient.Of(Looped, point).Item(), Gradient.Of(Nested, point).Item(), 1e-13);
        Assert.Equal(Gradient.Of(a => Gradient.Of(Looped, a), point).Item(), Gradient.Of(a => Gradient.Of(Nested, a), point).Item(), 1e-12);
    }

    [Fact]
    public void The_body_may_take_gradients_itself()
    {
        // Steps of gradient descent on x⁴ / 4: x - h x³
        Tensor step = Tensor.Full(Shape.Scalar, 0.1, DType.Float64);
        Tensor Descend(Tensor h) => Scan.Run(Tensor.Full(Shape.Scalar, 1.0, DType.Float64), 3,
            x => (x - (h * Gradient.Of(z => z.Square().Square() / 4, x)), x)).Carry;
        double expected = 1;
        for (int i = 0; i < 3; i++)
        {
            expected -= 0.1 * expected * expected * expected;
        }
        Assert.Equal(expected, Descend(step).Item(), 1e-14);
        GradientCheck.Verify(x => Descend(x[0]), step);
    }

    [Fact]
    public void A_body_that_reads_a_value_is_called_in_every_round()
    {
        int calls = 0;
        Tensor last = Scan.Fold(Tensor.Zeros(Shape.Scalar, DType.Float64), Tensor.From([1.0, -2, 3]), (c, y) =>
        {
            calls++;
            return y.Item() > 0 ? c + y : 10 * c;
        });
        Assert.Equal((13.0, 3), (last.Item(), calls));
    }

    [Fact]
    public void A_body_that_does_something_else_the_second_time_is_called_in_every_round()
    {
        int calls = 0;
        (Tensor last, Tensor all) = Scan.Run(Tensor.Zeros(Shape.Scalar, DType.Float64), Tensor.From([1.0, 2, 3]), (c, y) =>
        {
            calls++;
            Tensor next = c + (calls * y);
            return (next, next);
        });
        Assert.Equal((14.0, 3), (last.Item(), calls));
        Assert.Equal([1.0, 5, 14], all.ToArray<double>());
    }

    [Fact]
    public void Numbers_and_tensors_made_inside_are_those_of_each_call()
    {
        for (int i = 0; i < 3; i++)
        {
            double factor = i + 1;
            Tensor last = Scan.Fold(Tensor.Zeros([2], DType.Float64), Tensor.From([1.0, 2, 3]),
                (c, y) => (c * factor) + (y * Tensor.From([1.0, factor])));
            Assert.Equal([3 + (factor * (2 + factor)), factor * (3 + (factor * (2 + factor)))], last.ToArray<double>());
        }
    }

    [Fact]
    public void The_body_is_called_as_often_for_many_rounds_as_for_few()
    {
        int Calls(int rounds)
        {
            int calls = 0;
            Tensor factor = Tensor.Full(Shape.Scalar, 0.5, DType.Float64);
            Scan.Run(Tensor.Zeros(Shape.Scalar, DType.Float64), rounds, c =>
            {
                calls++;
                return ((factor * c) + 1, c);
            });
            return calls;
        }
        int few = Calls(2);
        Assert.InRange(Calls(1000), 1, few);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Tensor zero = Tensor.Zeros(Shape.Scalar, DType.Float64), x = Tensor.From([1.0, 2]);
        Assert.Contains("part 0 of the carry has shape [] and type Float64, the body gave [3]",
            Assert.Throws<ArgumentException>(() => Scan.Fold(zero, x, (c, y) => c + Tensor.Ones([3], DType.Float64))).Message,
            StringComparison.Ordinal);
        Assert.Contains("found shapes [2] and [3]",
            Assert.Throws<ArgumentException>(() => Scan.Fold(zero, (x, Tensor.Zeros([3])), (c, y) => c)).Message, StringComparison.Ordinal);
        Assert.Contains("one floating-point type",
            Assert.Throws<ArgumentException>(() => Scan.Fold(Tensor.Range(2), x, (c, y) => c)).Message, StringComparison.Ordinal);
        Assert.Contains("the mask must be Bool",
            Assert.Throws<ArgumentException>(() => Scan.Fold(zero, x, (c, y) => c, mask: x)).Message, StringComparison.Ordinal);
    }

    private static (Tensor[], Tensor[]) Give(Tensor next, Func<Tensor, Tensor[]> outputs) => ([next], outputs(next));

    private static Tensor[] Point(int rounds) =>
    [
        Tensor.From([0.4]).Reshape(Shape.Scalar), (Tensor.Range(rounds).To(DType.Float64) * 1.7).Sin() * 0.8,
        Tensor.From([0.6]).Reshape(Shape.Scalar), Tensor.From([-0.3]).Reshape(Shape.Scalar),
    ];

    private static Tensor Ramp(int rows, int columns) => ((Tensor.Range(rows * columns).To(DType.Float64) - 1.5) / 4).Reshape(rows, columns);

    private static Tensor Weighted(Tensor values) => (values * (Tensor.Range(values.Count).To(DType.Float64) + 1).Cos()).Sum();

    /// <summary>A recurrence, whose last carry and outputs are the result: as a scan, and as a loop.</summary>
    private sealed record Recurrence(Func<Tensor[], Tensor[]> Start, Func<Tensor[], Tensor[]> Inputs,
        Func<Tensor[], Tensor[], Tensor[], (Tensor[], Tensor[])> Body)
    {
        public Tensor Scan(Tensor[] x)
        {
            (Tensor[] last, Tensor[] outputs) = Pyrite.Scan.Run(Start(x), Inputs(x), (c, y) => Body(x, c, y));
            return Tensor.Concat([.. last.Concat(outputs).Select(part => part.Reshape(-1))]);
        }

        public Tensor Loop(Tensor[] x)
        {
            Tensor[] state = Start(x), inputs = Inputs(x);
            int rounds = inputs[0].Shape[0];
            List<Tensor[]> all = [];
            for (int t = 0; t < rounds; t++)
            {
                (state, Tensor[] outputs) = Body(x, state, [.. inputs.Select(input => input[t])]);
                all.Add(outputs);
            }
            IEnumerable<Tensor> stacked = rounds == 0 ? []
                : Enumerable.Range(0, all[0].Length).Select(i => Tensor.Stack([.. all.Select(outputs => outputs[i])]));
            return Tensor.Concat([.. state.Concat(stacked).Select(part => part.Reshape(-1))]);
        }
    }

    private sealed record Level(Tensor Value, Tensor Slope) : ITensorRecord
    {
        public Tensor[] ToTensors() => [Value, Slope];

        public ITensorRecord FromTensors(Tensor[] tensors) => new Level(tensors[0], tensors[1]);
    }
}
