using Pyrite.Layers.Recurrent;

namespace Pyrite;

/// <summary>What single steps of recurrent networks have in common.</summary>
/// <remarks>Parameters are PyTorch's (<c>weight_ih</c>, <c>weight_hh</c>, <c>bias_ih</c>, <c>bias_hh</c>) and start uniform on ±1/√hidden.</remarks>
public abstract class RecurrentCell : Module
{
    private readonly int inputSize;
    private readonly int hiddenSize;

    private protected RecurrentCell(int gates, int inputSize, int hiddenSize, bool bias)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(hiddenSize, 1);
        this.inputSize = inputSize;
        this.hiddenSize = hiddenSize;
        Initializer start = Initializer.FanInUniform(hiddenSize);
        Weights = new RecurrentWeights(
            AddParameter("weight_ih", [gates * hiddenSize, inputSize], start),
            AddParameter("weight_hh", [gates * hiddenSize, hiddenSize], start),
            bias ? AddParameter("bias_ih", [gates * hiddenSize], start) : null,
            bias ? AddParameter("bias_hh", [gates * hiddenSize], start) : null);
    }

    internal RecurrentWeights Weights { get; }

    /// <summary>Refuses an input of another size, and replaces a missing state by zeros.</summary>
    private protected Tensor StateFor(Tensor x, Tensor? state)
    {
        if (x.Rank == 0 || x.Shape[^1] != inputSize)
        {
            throw new ArgumentException($"{Label} takes inputs [.., {inputSize}]; found shape {x.Shape}.", nameof(x));
        }
        Shape shape = x.Shape[..^1] + [hiddenSize];
        return state is null ? Tensor.Zeros(shape, x.DType) : state.Shape == shape
            ? state
            : throw new ArgumentException($"{Label} needs a state of shape {shape} for an input of shape {x.Shape}; found {state.Shape}.",
                nameof(state));
    }
}
