namespace Pyrite.Tests;

/// <summary>Inside a recorded step checks run with the program: they fail with the words of eager execution, and force no read.</summary>
public sealed class StepValidationTests
{
    [Fact]
    public void A_bad_parameter_in_a_replayed_step_is_refused_when_a_result_is_read()
    {
        for (int step = 0; step < 4; step++)
        {
            Assert.Equal(Score([1.0, 2.0]), ScoreInStep([1.0, 2.0]));
        }
        ArgumentException eager = Assert.Throws<ArgumentException>(() => Score([1.0, -2.0]));
        ArgumentException recorded = Assert.Throws<ArgumentException>(() => ScoreInStep([1.0, -2.0]));
        Assert.Equal(eager.Message, recorded.Message);
        Assert.Contains("parameter scale must be", recorded.Message, StringComparison.Ordinal);
        Assert.Contains("-2 at index [1]", recorded.Message, StringComparison.Ordinal);
        Assert.Equal(Score([1.0, 3.0]), ScoreInStep([1.0, 3.0]));
    }

    [Fact]
    public void A_value_outside_the_support_in_a_replayed_step_is_refused()
    {
        Exponential distribution = new(2.0);
        for (int step = 0; step < 4; step++)
        {
            Assert.Equal(2, Run(Tensor.From([1.0, 0.5])), 12);
        }
        ArgumentException refusal = Assert.Throws<ArgumentException>(() => Run(Tensor.From([1.0, -0.5])));
        Assert.Contains("-0.5 at index [1]", refusal.Message, StringComparison.Ordinal);

        double Run(Tensor value)
        {
            using StepScope scope = StepScope.Begin();
            return (distribution.LogProb(value).Sum() - (2 * Math.Log(2)) + (2 * value.Sum()) + 2.0).Item();
        }
    }

    [Fact]
    public void A_check_of_a_replayed_step_waits_until_something_is_read()
    {
        for (int step = 0; step < 3; step++)
        {
            using StepScope scope = StepScope.Begin();
            _ = new Normal(0, Scale([1.0, 2.0])).LogProb(0).Sum().Item();
        }
        using StepScope last = StepScope.Begin();
        Tensor score = new Normal(0, Scale([1.0, -2.0])).LogProb(0).Sum();
        Assert.Throws<ArgumentException>(() => score.Item());
    }

    private static Tensor Scale(double[] values) => Tensor.From(values) * 1.0;

    private static double Score(double[] scale) => new Normal(0, Scale(scale)).LogProb(1).Sum().Item();

    private static double ScoreInStep(double[] scale)
    {
        using StepScope scope = StepScope.Begin();
        return Score(scale);
    }
}
