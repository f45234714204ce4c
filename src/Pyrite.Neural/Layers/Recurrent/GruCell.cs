using Pyrite.Layers.Recurrent;

namespace Pyrite;

/// <summary>One step of a gated recurrent unit.</summary>
/// <inheritdoc cref="RecurrentCell" path="/remarks"/>
/// <param name="inputSize">Features of the input.</param>
/// <param name="hiddenSize">Features of the state.</param>
/// <param name="bias">Whether there are biases.</param>
public sealed class GruCell(int inputSize, int hiddenSize, bool bias = true) : RecurrentCell(3, inputSize, hiddenSize, bias)
{
    /// <inheritdoc cref="RnnCell.Forward"/>
    public Tensor Forward(Tensor x, Tensor? state = null)
    {
        Tensor present = StateFor(x, state);
        return RecurrentStep.Gru(Weights.FromInput(x), [present], Weights)[0];
    }
}
