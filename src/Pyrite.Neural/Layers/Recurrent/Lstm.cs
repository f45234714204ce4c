using Pyrite.Layers.Recurrent;

namespace Pyrite;

/// <summary>A long short-term memory over sequences.</summary>
/// <inheritdoc cref="RecurrentLayer" path="/remarks"/>
/// <param name="inputSize">Features of the input.</param>
/// <param name="hiddenSize">Features of the state.</param>
/// <param name="layers">Layers on top of each other.</param>
/// <param name="bias">Whether there are biases.</param>
/// <param name="batchFirst">Whether sequences are [N, T, C] rather than [T, N, C].</param>
/// <param name="dropout">Chance that an element between two layers is dropped in training.</param>
/// <param name="bidirectional">Whether a second direction runs backwards; outputs are put side by side.</param>
public sealed class Lstm(
    int inputSize, int hiddenSize, int layers = 1, bool bias = true, bool batchFirst = false, double dropout = 0, bool bidirectional = false)
    : RecurrentLayer(4, inputSize, hiddenSize, layers, bias, batchFirst, dropout, bidirectional)
{
    /// <summary>The outputs of all steps, and hidden state and cell after the last one.</summary>
    /// <param name="x">[T, N, C], or [N, T, C].</param>
    /// <param name="state">Hidden state and cell, each [layers·directions, N, H]; zeros if not given.</param>
    /// <param name="lengths">The length of each sequence where they are padded: past the end outputs are 0, and the backward direction starts at the
    /// end. Empty for full length.</param>
    /// <returns>[T, N, directions·H] (or batch first), and twice [layers·directions, N, H].</returns>
    /// <exception cref="ArgumentException">Shapes or lengths do not fit.</exception>
    public (Tensor Output, Tensor Hidden, Tensor Cell) Forward(Tensor x, (Tensor Hidden, Tensor Cell)? state = null,
        ReadOnlySpan<int> lengths = default)
    {
        (Tensor output, Tensor[] states) = Run(x, [state?.Hidden, state?.Cell], lengths);
        return (output, states[0], states[1]);
    }

    internal override Tensor[] Step(Tensor fromInput, Tensor[] state, RecurrentWeights own) => RecurrentStep.Lstm(fromInput, state, own);
}
