using Pyrite.Layers.Recurrent;

namespace Pyrite;

/// <summary>A plain recurrent network over sequences: h' = tanh(W x + b + U h + c).</summary>
/// <inheritdoc cref="RecurrentLayer" path="/remarks"/>
/// <param name="inputSize">Features of the input.</param>
/// <param name="hiddenSize">Features of the state.</param>
/// <param name="layers">Layers on top of each other.</param>
/// <param name="bias">Whether there are biases.</param>
/// <param name="batchFirst">Whether sequences are [N, T, C] rather than [T, N, C].</param>
/// <param name="dropout">Chance that an element between two layers is dropped in training.</param>
/// <param name="bidirectional">Whether a second direction runs backwards; outputs are put side by side.</param>
/// <param name="relu">Whether ReLU takes the place of tanh.</param>
public sealed class Rnn(
    int inputSize, int hiddenSize, int layers = 1, bool bias = true, bool batchFirst = false, double dropout = 0, bool bidirectional = false,
        bool relu = false)
    : RecurrentLayer(1, inputSize, hiddenSize, layers, bias, batchFirst, dropout, bidirectional)
{
    /// <summary>The outputs of all steps, and the state after the last one.</summary>
    /// <param name="x">[T, N, C], or [N, T, C].</param>
    /// <param name="state">[layers·directions, N, H]; zeros if not given.</param>
    /// <param name="lengths">The length of each sequence where they are padded: past the end outputs are 0, and the backward direction starts at the
    /// end. Empty for full length.</param>
    /// <returns>[T, N, directions·H] (or batch first) and [layers·directions, N, H].</returns>
    /// <exception cref="ArgumentException">Shapes or lengths do not fit.</exception>
    public (Tensor Output, Tensor State) Forward(Tensor x, Tensor? state = null, ReadOnlySpan<int> lengths = default)
    {
        (Tensor output, Tensor[] states) = Run(x, [state], lengths);
        return (output, states[0]);
    }

    internal override Tensor[] Step(Tensor fromInput, Tensor[] state, RecurrentWeights own) => RecurrentStep.Plain(fromInput, state, own, relu);
}
