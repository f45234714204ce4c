using Pyrite.Layers.Recurrent;

namespace Pyrite;

/// <summary>One step of a long short-term memory.</summary>
/// <inheritdoc cref="RecurrentCell" path="/remarks"/>
/// <param name="inputSize">Features of the input.</param>
/// <param name="hiddenSize">Features of the state.</param>
/// <param name="bias">Whether there are biases.</param>
public sealed class LstmCell(int inputSize, int hiddenSize, bool bias = true) : RecurrentCell(4, inputSize, hiddenSize, bias)
{
    /// <summary>The next hidden state and cell.</summary>
    /// <param name="x">[.., C].</param>
    /// <param name="state">Hidden state and cell, each [.., H]; zeros if not given.</param>
    /// <exception cref="ArgumentException">Shapes do not fit.</exception>
    public (Tensor Hidden, Tensor Cell) Forward(Tensor x, (Tensor Hidden, Tensor Cell)? state = null)
    {
        Tensor hidden = StateFor(x, state?.Hidden);
        Tensor cell = StateFor(x, state?.Cell);
        Tensor[] next = RecurrentStep.Lstm(Weights.FromInput(x), [hidden, cell], Weights);
        return (next[0], next[1]);
    }
}
