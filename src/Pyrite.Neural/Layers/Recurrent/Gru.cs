using Pyrite.Layers.Recurrent;

namespace Pyrite;

/// <summary>A gated recurrent unit over sequences.</summary>
/// <inheritdoc cref="RecurrentLayer" path="/remarks"/>
/// <param name="inputSize">Features of the input.</param>
/// <param name="hiddenSize">Features of the state.</param>
/// <param name="layers">Layers on top of each other.</param>
/// <param name="bias">Whether there are biases.</param>
/// <param name="batchFirst">Whether sequences are [N, T, C] rather than [T, N, C].</param>
/// <param name="dropout">Chance that an element between two layers is dropped in training.</param>
/// <param name="bidirectional">Whether a second direction runs backwards; outputs are put side by side.</param>
public sealed class Gru(
    int inputSize, int hiddenSize, int layers = 1, bool bias = true, bool batchFirst = false, double dropout = 0, bool bidirectional = false)
    : RecurrentLayer(3, inputSize, hiddenSize, layers, bias, batchFirst, dropout, bidirectional)
{
    /// <inheritdoc cref="Rnn.Forward"/>
    public (Tensor Output, Tensor State) Forward(Tensor x, Tensor? state = null, ReadOnlySpan<int> lengths = default)
    {
        (Tensor output, Tensor[] states) = Run(x, [state], lengths);
        return (output, states[0]);
    }

    internal override Tensor[] Step(Tensor fromInput, Tensor[] state, RecurrentWeights own) => RecurrentStep.Gru(fromInput, state, own);
}
