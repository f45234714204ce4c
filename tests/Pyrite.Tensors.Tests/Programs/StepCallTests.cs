
namespace Pyrite.Tests.Programs;

/// <summary>Calls of pure functions in recorded steps: taken as a whole only where nothing differs.</summary>
public sealed class StepCallTests : ICheckSubject
{
    private static readonly object Function = new();

    private int bodies;

    Exception ICheckSubject.Refuse(string? part, Tensor value) => new ArgumentException($"{part}: {value.Shape}");

    [Fact]
    public void A_repeated_call_is_not_issued_operation_by_operation()
    {
        Tensor x = Tensor.From([1.0, 2.0]).Keep(), y = Tensor.From([3.0, 4.0]).Keep();
        for (int step = 0; step < 6; step++)
        {
            using StepScope scope = StepScope.Begin();
            Tensor start = x + step;
            Assert.Equal(Plain(x + step, y), Call(start, y).ToArray<double>());
        }
        Assert.True(bodies <= 2, $"the body ran {bodies} times in 6 steps");
    }

    [Fact]
    public void A_plain_number_that_changes_is_noticed()
    {
        Tensor x = Tensor.From([1.0, 2.0]).Keep();
        double[] numbers = [0.5, 0.5, 0.7, 0.5, 0.5, 0.7, 0.7, 0.5, 0.1, 0.2, 0.3, 0.4, 0.6, 0.8, 0.9, 0.5, 0.5];
        foreach (double number in numbers)
        {
            using StepScope scope = StepScope.Begin();
            Tensor start = x * 2;
            Assert.Equal(Plain(x * 2, number), Call(start, number).ToArray<double>());
        }
    }

    [Fact]
    public void Equal_operations_with_another_number_written_by_hand_outdate_a_call()
    {
        Tensor x = Tensor.From([1.0, 2.0]).Keep();
        for (int step = 0; step < 12; step++)
        {
            double number = step % 3 == 1 ? 0.25 : 0.5;
            using StepScope scope = StepScope.Begin();
            Tensor start = x * 2;
            Tensor result = step % 3 == 1 ? Body(start, number) : Call(start, number);
            Assert.Equal(Plain(x * 2, number), result.ToArray<double>());
        }
    }

    [Fact]
    public void A_step_that_leaves_the_stream_inside_a_call_does_not_mislead_later_ones()
    {
        Tensor x = Tensor.From([1.0, 2.0]).Keep(), y = Tensor.From([3.0, 4.0]).Keep();
        for (int step = 0; step < 12; step++)
        {
            using StepScope scope = StepScope.Begin();
            Tensor start = x * 2;
            if (step % 4 == 2)
            {
                // Begins as the body does, then goes another way.
                Tensor other = ((start - y).Exp() * 3).Sqrt();
                Assert.Equal([Math.Sqrt(Math.Exp(-1) * 3), Math.Sqrt(3)], other.ToArray<double>(), (a, b) => Math.Abs(a - b) < 1e-12);
            }
            else
            {
                Assert.Equal(Plain(x * 2, y), Call(start, y).ToArray<double>());
            }
        }
    }

    [Fact]
    public void Gradients_flow_through_a_call_that_is_taken_as_a_whole()
    {
        Tensor point = Tensor.From([0.3, -0.4]).AsVariable(), y = Tensor.From([3.0, 4.0]).Keep();
        double[] expected = Gradient.Of(Body(point * 2, y).Sum(), [point])[0].ToArray<double>();
        for (int step = 0; step < 6; step++)
        {
            using StepScope scope = StepScope.Begin();
            Tensor loss = Call(point * 2, y).Sum();
            Assert.Equal(expected, Gradient.Of(loss, [point])[0].ToArray<double>());
        }
    }

    [Fact]
    public void A_detached_input_is_another_call()
    {
        Tensor point = Tensor.From([0.3, -0.4]).AsVariable(), y = Tensor.From([3.0, 4.0]).Keep();
        for (int step = 0; step < 9; step++)
        {
            using StepScope scope = StepScope.Begin();
            Tensor inner = point * 2;
            Tensor result = Call(step % 3 == 2 ? inner.Detach() : inner, y);
            Assert.Equal(step % 3 != 2, result.RequiresGradient);
        }
    }

    [Fact]
    public void Tensors_from_outside_may_change_but_not_swap_roles()
    {
        Tensor x = Tensor.From([1.0, 2.0]).Keep(), y = Tensor.From([3.0, 4.0]).Keep();
        for (int step = 0; step < 8; step++)
        {
            (Tensor a, Tensor b) = step % 3 == 2 ? (y, x) : (x, y);
            using StepScope scope = StepScope.Begin();
            Tensor first = x + y;
            Tensor result = Call(a, b) + first;
            Assert.Equal(Plain(a, b).Zip(first.ToArray<double>(), (p, q) => p + q), result.ToArray<double>());
        }
    }

    [Fact]
    public void Checks_of_a_call_are_tested_in_every_step_by_the_present_subject()
    {
        double[] values = [1, 2, 3, 4, -5];
        for (int step = 0; step < values.Length; step++)
        {
            using StepScope scope = StepScope.Begin();
            Tensor x = Tensor.Full([2], values[step], DType.Float64) * 1;
            StepCallTests subject = new();
            Func<double[]> run = () => subject.Checked(x).ToArray<double>();
            if (values[step] > 0)
            {
                run();
            }
            else
            {
                Assert.Equal("positive: [2]", Assert.Throws<ArgumentException>(run).Message);
            }
        }
    }

    [Fact]
    public void A_body_that_reads_something_else_is_never_taken_as_a_whole()
    {
        Tensor x = Tensor.From([1.0, 2.0]).Keep();
        for (int step = 0; step < 6; step++)
        {
            using StepScope scope = StepScope.Begin();
            Tensor hidden = x * (step + 1);
            Tensor shown = x * 3;
            StepCall call = new(Function, false, [shown], this);
            Tensor result = call.Known ?? call.End(shown.Exp() + hidden);
            Assert.Equal(x.ToArray<double>().Select(v => Math.Exp(v * 3) + (v * (step + 1))), result.ToArray<double>(),
                (a, b) => Math.Abs(a - b) < 1e-9);
        }
    }

    private static Tensor Body(Tensor x, Tensor y) => (x - y).Exp() * 0.5 + y;

    private static double[] Plain(Tensor x, Tensor y) => StepScope.Outside(() => Body(x.Copy(), y.IsWeak ? y : y.Copy()).ToArray<double>());

    private Tensor Call(Tensor x, Tensor y)
    {
        StepCall call = new(Function, false, [x, y], this);
        if (call.Known is { } known)
        {
            return known;
        }
        bodies++;
        return call.End(Body(x, y));
    }

    private Tensor Checked(Tensor x)
    {
        StepCall call = new(Function, true, [x], this);
        if (call.Known is { } known)
        {
            return known;
        }
        StepCheck.Add((x > 0).Sum().EqualTo(x.Count), this, "positive", x);
        return call.End(x.Log() + 1);
    }
}
