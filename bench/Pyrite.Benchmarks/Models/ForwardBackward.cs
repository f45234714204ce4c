namespace Pyrite.Benchmarks.Models;

/// <summary>The forward and backward pass of a hidden Markov model, written with the engine's matrix products alone: what a user would write who
/// knows the algorithm and no operation for chains.</summary>
/// <remarks>Scaled numbers (Rabiner, "A tutorial on hidden Markov models", 1989, section V.A), without the densities of the data and the logarithm of
/// the transitions: an easier task than the enumerated model has.</remarks>
internal static class ForwardBackward
{
    /// <summary>The expected pairs of neighbouring states, [K, K], and the probabilities of states, [T, K], from transitions and weights of the
    /// data.</summary>
    /// <param name="steps">How many steps.</param>
    /// <param name="states">How many states.</param>
    public static (ReplayedFunction Passes, double[] Point) Recorded(int steps, int states)
    {
        double[] point = Positive(states * (states + steps));
        return (ReplayedFunction.TryRecord(variables => Passes(variables[0], variables[1]), [[states, states], [steps, states]], point,
            withGradient: false)!, point);
    }

    /// <summary>As many multiply-adds as both passes and the pairs of states take, in three products that do not wait for each other.</summary>
    /// <param name="steps">How many steps.</param>
    /// <param name="states">How many states.</param>
    public static (ReplayedFunction Products, double[] Point) Products(int steps, int states)
    {
        double[] point = Positive(states * (states + (3 * steps)));
        return (ReplayedFunction.TryRecord(
            variables => [variables[1].MatMul(variables[0]), variables[2].MatMul(variables[0]), variables[3].MatMul(variables[1])],
            [[states, states], [steps, states], [steps, states], [states, steps]], point, withGradient: false)!, point);
    }

    private static Tensor[] Passes(Tensor transitions, Tensor weights)
    {
        int steps = weights.Shape[0];
        Tensor turned = transitions.Transpose(0, 1);
        Tensor[] forward = new Tensor[steps], backward = new Tensor[steps], scales = new Tensor[steps];
        for (int t = 0; t < steps; t++)
        {
            Tensor weight = weights.Slice(0, t, 1), joint = t == 0 ? weight : forward[t - 1].MatMul(transitions) * weight;
            scales[t] = joint.Sum();
            forward[t] = joint / scales[t];
        }
        backward[^1] = Tensor.Ones([1, weights.Shape[1]], DType.Float64);
        for (int t = steps - 2; t >= 0; t--)
        {
            backward[t] = (backward[t + 1] * weights.Slice(0, t + 1, 1) / scales[t + 1]).MatMul(turned);
        }
        Tensor before = Tensor.Concat(forward[..^1]), after = Tensor.Concat(backward[1..]) * weights.Slice(0, 1, steps - 1)
            / Tensor.Stack(scales[1..]).Unsqueeze(1);
        return [before.Transpose(0, 1).MatMul(after) * transitions, Tensor.Concat(forward) * Tensor.Concat(backward)];
    }

    private static double[] Positive(int count)
    {
        double[] numbers = new double[count];
        RandomKey.FromSeed(8).FillUniform(numbers);
        return Array.ConvertAll(numbers, number => 0.1 + number);
    }
}
