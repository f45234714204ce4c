namespace Pyrite.Tests;

/// <summary>A call for gradients in a replayed step gives the bits of the same call outside of any step, whatever the gradient graph looks
/// like.</summary>
public sealed class RecordedGradientTests
{
    private const int Steps = 5;

    [Fact]
    public void A_variable_that_stands_where_another_one_stood_gets_its_whole_gradient()
    {
        Tensor a = Tensor.From([1.0, -2]).AsVariable(), b = Tensor.From([0.5, 3]).AsVariable();
        (Tensor X, Tensor Y)[] steps = [(a, b), (a, b), (a, a), (a, a), (a, b), (b, a), (b, a), (a, a), (a, b), (b, a)];
        foreach ((Tensor x, Tensor y) in (ReadOnlySpan<(Tensor, Tensor)>)[.. steps, .. steps.Reverse()])
        {
            // d/dx (2x + 3y)² is 4 (2x + 3y), d/dy 6 (2x + 3y); a variable that is both gets the sum.
            double factor = (ReferenceEquals(x, a) ? 4 : 0) + (ReferenceEquals(y, a) ? 6 : 0);
            double[] expected = [.. x.ToArray<double>().Zip(y.ToArray<double>()).Select(pair => factor * ((2 * pair.First) + (3 * pair.Second)))];
            using StepScope scope = StepScope.Begin();
            Assert.Equal(expected, Gradient.Of(((2 * x) + (3 * y)).Square().Sum(), [a])[0].ToArray<double>());
        }
    }

    [Fact]
    public void Gradients_of_a_repeated_step_are_those_of_eager_execution() => Check((x, w) => Gradient.Of((x * w).Tanh().Sum(), [w]));

    [Fact]
    public void A_detached_operand_stays_detached() => Check((x, w) =>
    {
        Tensor y = (x * w).Exp();
        return Gradient.Of((y.Detach() * w * y).Sum(), [w]);
    });

    [Fact]
    public void A_variable_that_gets_no_gradient_stays_without_one()
    {
        Tensor unused = Numbers(7).AsVariable();
        for (int step = 0; step < Steps; step++)
        {
            Tensor x = Numbers(20 + (ulong)step);
            Tensor w = Numbers(1).AsVariable();
            using StepScope scope = StepScope.Begin();
            Tensor?[] gradients = Gradient.OrNull((x * w).Sum(), [unused, w]);
            Assert.Null(gradients[0]);
            AssertSame(x, gradients[1]!);
        }
    }

    [Fact]
    public void Gradients_of_gradients_follow() => Check((x, w) =>
    {
        Tensor first = Gradient.Of((x * w).Tanh().Sum(), [w], createGraph: true)[0];
        Tensor[] second = Gradient.Of(first.Square().Sum(), [w]);
        return [first, .. second];
    });

    [Fact]
    public void Two_calls_on_one_graph_are_told_apart() => Check((x, w) =>
    {
        Tensor y = (x * w).Sigmoid();
        return [.. Gradient.Of(y.Sum(), [w]), .. Gradient.Of(y.Square().Sum(), [w])];
    });

    [Fact]
    public void A_variable_made_inside_the_step_is_followed() => Check((x, w) =>
    {
        Tensor inner = (x * w).AsVariable();
        return [.. Gradient.Of((inner * w).Sum(), [inner]), .. Gradient.Of((inner * w).Exp().Sum(), [w])];
    });

    [Fact]
    public void A_result_in_between_can_be_asked_for() => Check((x, w) =>
    {
        Tensor y = x * w;
        return Gradient.Of((y.Tanh() * w).Sum(), [y, w]);
    });

    [Fact]
    public void A_rule_of_the_users_own_is_asked_in_every_step()
    {
        int asked = 0;
        Check((x, w) => Gradient.Of(
            CustomGradient.Apply(inputs => inputs[0] * inputs[1], (inputs, _, upstream) =>
            {
                asked++;
                return [upstream * inputs[1], upstream * inputs[0]];
            }, x, w).Exp().Sum(),
            [w]));
        Assert.Equal(2 * Steps, asked);
    }

    [Fact]
    public void The_same_operations_with_and_without_tracking_are_told_apart()
    {
        for (int step = 0; step < 2 * Steps; step++)
        {
            Tensor x = Numbers(40 + (ulong)step);
            Tensor w = Numbers(1);
            w = step % 2 == 0 ? w.AsVariable() : w;
            using StepScope scope = StepScope.Begin();
            Tensor y = (x * w).Exp();
            Assert.Equal(step % 2 == 0, y.RequiresGradient);
            if (y.RequiresGradient)
            {
                AssertSame(x * (x * w).Exp(), Gradient.Of(y.Sum(), [w])[0]);
            }
        }
    }

    [Fact]
    public void Which_variables_are_asked_for_may_change_from_step_to_step()
    {
        Tensor v = Numbers(3).AsVariable();
        Tensor w = Numbers(4).AsVariable();
        for (int step = 0; step < 3 * Steps; step++)
        {
            Tensor x = Numbers(60 + (ulong)step);
            Tensor[] wanted = (step % 3) switch { 0 => [v, w], 1 => [w, v], _ => [w] };
            Tensor[] expected = [.. Gradient.Of(Loss(x), wanted).Select(t => t.Keep())];
            using StepScope scope = StepScope.Begin();
            Tensor[] found = Gradient.Of(Loss(x), wanted);
            for (int i = 0; i < wanted.Length; i++)
            {
                AssertSame(expected[i], found[i]);
            }
        }

        Tensor Loss(Tensor x) => (x * v * w.Tanh()).Sum();
    }

    [Fact]
    public void A_graph_that_begins_in_an_outer_step_is_followed()
    {
        Tensor w = Numbers(5).AsVariable();
        for (int step = 0; step < Steps; step++)
        {
            Tensor x = Numbers(80 + (ulong)step);
            Tensor expected = Gradient.Of((x * w).Tanh().Exp().Sum(), [w])[0].Keep();
            using StepScope outer = StepScope.Begin();
            Tensor y = (x * w).Tanh();
            using StepScope inner = StepScope.Begin();
            AssertSame(expected, Gradient.Of(y.Exp().Sum(), [w])[0]);
        }
    }

    [Fact]
    public void Images_that_change_their_layout_keep_their_graph() => Check(
        (x, w) =>
        {
            Tensor image = x.Reshape(2, 1, 4, 4).Conv2d(w.Reshape(4, 1, 3, 3), padding: 1).Relu();
            return Gradient.Of((image.Reshape(2, -1).Exp() * image.Reshape(2, -1)).Sum(), [w]);
        },
        xCount: 32,
        wCount: 36);

    [Fact]
    public void A_steady_step_with_gradients_takes_little_memory()
    {
        Tensor w = Numbers(1).AsVariable();
        Tensor x = Numbers(2);
        for (int step = 0; step < 50; step++)
        {
            Step();
        }
        Assert.InRange(Allocation.Least(Step), 0, 3_000);

        void Step()
        {
            using StepScope scope = StepScope.Begin();
            Tensor y = x;
            for (int i = 0; i < 10; i++)
            {
                y = (y * w).Tanh();
            }
            Gradient.Of(y.Sum(), [w])[0].Materialize();
        }
    }

    /// <summary>Runs the same function in steps, which replay from the second on, and outside of them.</summary>
    private static void Check(Func<Tensor, Tensor, Tensor[]> run, int xCount = 6, int wCount = 6)
    {
        for (int step = 0; step < Steps; step++)
        {
            Tensor x = Numbers(100 + (ulong)step, xCount);
            Tensor w = Numbers(1, wCount).AsVariable();
            Tensor[] expected = [.. run(x, w).Select(t => t.Keep())];
            using StepScope scope = StepScope.Begin();
            Tensor[] found = run(x, w);
            Assert.Equal(expected.Length, found.Length);
            for (int i = 0; i < found.Length; i++)
            {
                AssertSame(expected[i], found[i]);
            }
        }
    }

    private static Tensor Numbers(ulong seed, int count = 6) => RandomKey.FromSeed(seed).Normal([count], DType.Float32);

    private static void AssertSame(Tensor expected, Tensor found) => Assert.Equal(expected.ToArray<float>(), found.ToArray<float>());
}
