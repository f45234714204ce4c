using Pyrite.Layers.Recurrent;

namespace Pyrite;

/// <summary>One step of a plain recurrent network.</summary>
/// <inheritdoc cref="RecurrentCell" path="/remarks"/>
/// <param name="inputSize">Features of the input.</param>
/// <param name="hiddenSize">Features of the state.</param>
/// <param name="bias">Whether there are biases.</param>
/// <param name="relu">Whether ReLU takes the place of tanh.</param>
public sealed class RnnCell(int inputSize, int hiddenSize, bool bias = true, bool relu = false) : RecurrentCell(1, inputSize, hiddenSize, bias)
{
    /// <summary>The next state.</summary>
    /// <param name="x">[.., C].</param>
    /// <param name="state">[.., H]; zeros if not given.</param>
    /// <exception cref="ArgumentException">Shapes do not fit.</exception>
    public Tensor Forward(Tensor x, Tensor? state = null)
    {
        Tensor present = StateFor(x, state);
        return RecurrentStep.Plain(Weights.FromInput(x), [present], Weights, relu)[0];
    }
}
