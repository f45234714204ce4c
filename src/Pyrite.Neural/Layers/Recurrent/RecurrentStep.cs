namespace Pyrite.Layers.Recurrent;

/// <summary>One step in time of each kind of recurrence; gates lie side by side in the last axis.</summary>
internal static class RecurrentStep
{
    /// <summary>h' = tanh(gates), or ReLU.</summary>
    public static Tensor[] Plain(Tensor fromInput, Tensor[] state, RecurrentWeights weights, bool relu)
    {
        Tensor sum = fromInput + weights.FromState(state[0]);
        return [relu ? sum.Relu() : sum.Tanh()];
    }

    /// <summary>Reset r, update z, new n = tanh(xₙ + r · hₙ); h' = (1 - z) n + z h (Cho et al. 2014).</summary>
    public static Tensor[] Gru(Tensor fromInput, Tensor[] state, RecurrentWeights weights)
    {
        Tensor fromState = weights.FromState(state[0]);
        int size = state[0].Shape[^1];
        Tensor reset = (Gate(fromInput, 0, size) + Gate(fromState, 0, size)).Sigmoid();
        Tensor update = (Gate(fromInput, 1, size) + Gate(fromState, 1, size)).Sigmoid();
        Tensor fresh = (Gate(fromInput, 2, size) + (reset * Gate(fromState, 2, size))).Tanh();
        return [((1.0 - update) * fresh) + (update * state[0])];
    }

    /// <summary>Input i, forget f, cell g, output o; c' = f c + i g, h' = o tanh(c') (Hochreiter and Schmidhuber 1997, Gers et al. 2000).</summary>
    public static Tensor[] Lstm(Tensor fromInput, Tensor[] state, RecurrentWeights weights)
    {
        Tensor gates = fromInput + weights.FromState(state[0]);
        int size = state[0].Shape[^1];
        Tensor kept = Gate(gates, 1, size).Sigmoid() * state[1];
        Tensor cell = kept + (Gate(gates, 0, size).Sigmoid() * Gate(gates, 2, size).Tanh());
        return [Gate(gates, 3, size).Sigmoid() * cell.Tanh(), cell];
    }

    private static Tensor Gate(Tensor gates, int index, int size) => gates.Slice(-1, index * size, size);
}
