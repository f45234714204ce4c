namespace Pyrite.Tests;

/// <summary>Steps of many operations are recorded and planned like others.</summary>
public sealed class LongStepTests
{
    [Fact, Trait("Once", "Widths")]
    public void A_loop_of_twenty_thousand_rounds_is_followed()
    {
        // More than 100,000 operations with those of the gradient.
        Tensor pushes = Tensor.Full([20_000], 0.5, DType.Float64);
        Tensor[] Loop(Tensor x)
        {
            Tensor rate = x.AsVariable(), state = rate;
            for (int round = 0; round < 20_000; round++)
            {
                state = (state * rate) + pushes[round];
            }
            return [state, Gradient.Of(state, [rate])[0]];
        }
        for (int step = 0; step < 4; step++)
        {
            Tensor x = Tensor.Full([], 0.25 + (0.1 * step), DType.Float64);
            using StepScope scope = StepScope.Begin();
            double[] found = Array.ConvertAll(Loop(x), one => one.Item());
            Assert.Equal(step >= 1, scope.Recorder.IsReplaying);

            // The fixed point 0.5 / (1 - r) and its derivative.
            double rest = 1 - x.Item();
            Assert.Equal(0.5 / rest, found[0], 1e-12);
            Assert.Equal(0.5 / (rest * rest), found[1], 1e-10);
        }
    }
}
