namespace Pyrite.Tests.Programs.Functions;

/// <summary>Loops that stay operation by operation are named, with the reason and the line.</summary>
public sealed class UnrolledLoopsTests
{
    private const int Length = 260;

    private static readonly double[] Series = [.. Enumerable.Range(0, Length).Select(t => Math.Sin(1.7 * t))];

    [Fact]
    public void A_loop_of_the_program_is_not_named() => Assert.Empty(Loops(a =>
    {
        Tensor state = a[0], sum = 0.0;
        foreach (double y in Series)
        {
            state = (state * a[1].Tanh()) + y;
            sum += state.Square();
        }
        return sum;
    }));

    [Fact]
    public void Another_operation_in_some_rounds_is_named_with_its_round_and_line()
    {
        UnrolledLoop loop = Assert.Single(Loops(a =>
        {
            Tensor state = a[0], sum = 0.0;
            for (int t = 0; t < Length; t++)
            {
                state = state * a[1] * 0.5;
                state = t > 4 && Series[t] > 0.3 ? (state + a[2]).Sin() : (state + a[2]).Tanh();
                sum += state.Square();
            }
            return sum;
        }));
        Assert.Matches(@"round \d has ""(sin|tanh)"" where the first one has ""(sin|tanh)""", loop.Reason);
        Assert.InRange(loop.Rounds, 200, Length);
        Assert.Contains(nameof(UnrolledLoopsTests), loop.Line);
        Assert.Contains("UnrolledLoopsTests.cs, line 31", loop.Line);
        Assert.Contains("rounds of C# run one by one", loop.ToString());
    }

    [Fact]
    public void Another_shape_in_some_rounds_is_named()
    {
        UnrolledLoop loop = Assert.Single(Loops(a =>
        {
            Tensor state = a[0], sum = 0.0;
            for (int t = 0; t < Length; t++)
            {
                state = (a[..(Series[t] > 0.3 ? 3 : 2)] * state * 0.3).Tanh().Sum() + (a[1] * Series[t]);
                sum += state.Square();
            }
            return sum;
        }));
        Assert.Matches(@"\[\d\] where the first one has Float64 \[\d\]", loop.Reason);
    }

    [Fact]
    public void Too_long_a_lag_is_named()
    {
        UnrolledLoop loop = Assert.Single(Loops(a =>
        {
            List<Tensor> states = [a[0]];
            Tensor sum = 0.0;
            for (int t = 1; t < Length; t++)
            {
                states.Add((0.3 * states[t * 7 / 8] * a[1]).Tanh() + (states[t - 1] * a[2]));
                sum += (states[t] - Series[t]).Square();
            }
            return sum;
        }));
        Assert.Matches(@"reads the result of \d\d rounds before; up to 8 are followed", loop.Reason);
        Assert.Contains(nameof(UnrolledLoopsTests), loop.Line);
    }

    [Fact]
    public void An_input_without_a_rule_is_named()
    {
        UnrolledLoop loop = Assert.Single(Loops(a =>
        {
            List<Tensor> states = [a[0]];
            Tensor sum = 0.0;
            for (int t = 1; t < Length; t++)
            {
                states.Add((0.3 * states[(int)(Math.Abs(Series[t]) * t)] * a[1]).Tanh() + (states[t - 1] * a[2]));
                sum += (states[t] - Series[t]).Square();
            }
            return sum;
        }));
        Assert.Contains("follows no rule", loop.Reason);
    }

    [Fact]
    public void A_gradient_that_flows_in_some_rounds_alone_is_named()
    {
        UnrolledLoop loop = Assert.Single(Loops(a =>
        {
            Tensor state = a[0], sum = 0.0;
            for (int t = 0; t < Length; t++)
            {
                state = ((Series[t] > 0.3 ? state.Detach() : state) * a[1] * 0.5).Tanh() + (a[2] * Series[t]);
                sum += state.Square();
            }
            return sum;
        }));
        Assert.Contains("gradient", loop.Reason);
    }

    [Fact]
    public void Few_rounds_and_few_operations_are_named()
    {
        Tensor Looped(Tensor a, int rounds)
        {
            Tensor state = a[0];
            for (int t = 0; t < rounds; t++)
            {
                state = ((((state * a[1]).Tanh() + (a[2] / (2 + state.Square()))).Sin() - (a[3].Exp() * state.Cos())) * 0.3).Sigmoid() - state.Abs();
            }
            return state;
        }

        UnrolledLoop few = Assert.Single(Loops(a => Looped(a, 40))), rare = Assert.Single(Loops(a => Looped(a, 8)));
        Assert.Contains("made of 1,000 operations and more", few.Reason);
        Assert.Equal(40, few.Rounds, 1.0);
        Assert.Contains("12 rounds and more", rare.Reason);
    }

    private static IReadOnlyList<UnrolledLoop> Loops(Func<Tensor, Tensor> function)
    {
        double[] point = [.. Enumerable.Range(0, 8).Select(i => 0.1 + (0.05 * i))];
        return ReplayedFunction.UnrolledLoops(x => [function(x[0])], [[8]], point);
    }
}
