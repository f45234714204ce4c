using Pyrite.Layers.Recurrent;

namespace Pyrite;

/// <summary>What recurrent networks over sequences have in common: layers, directions, initial states and lengths.</summary>
/// <remarks>Parameters are named and stacked as PyTorch's (<c>weight_ih_l0</c>, <c>weight_hh_l0</c>, <c>bias_ih_l0</c>, …, <c>_reverse</c> for the
/// backward direction) and start uniform on ±1/√hidden.</remarks>
public abstract class RecurrentLayer : Module
{
    private readonly RecurrentWeights[] weights;
    private readonly int inputSize;
    private readonly int hiddenSize;
    private readonly int directions;
    private readonly bool batchFirst;
    private readonly Dropout? dropout;

    private protected RecurrentLayer(int gates, int inputSize, int hiddenSize, int layers, bool bias, bool batchFirst, double dropout,
        bool bidirectional)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(hiddenSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(layers, 1);
        this.inputSize = inputSize;
        this.hiddenSize = hiddenSize;
        this.batchFirst = batchFirst;
        directions = bidirectional ? 2 : 1;
        this.dropout = dropout > 0 ? AddModule("dropout", new Dropout(dropout)) : null;
        Initializer start = Initializer.FanInUniform(hiddenSize);
        weights = new RecurrentWeights[layers * directions];
        for (int i = 0; i < weights.Length; i++)
        {
            int layer = i / directions;
            string suffix = $"_l{layer}{(i % directions == 1 ? "_reverse" : "")}";
            int features = layer == 0 ? inputSize : hiddenSize * directions;
            weights[i] = new RecurrentWeights(
                AddParameter("weight_ih" + suffix, [gates * hiddenSize, features], start),
                AddParameter("weight_hh" + suffix, [gates * hiddenSize, hiddenSize], start),
                bias ? AddParameter("bias_ih" + suffix, [gates * hiddenSize], start) : null,
                bias ? AddParameter("bias_hh" + suffix, [gates * hiddenSize], start) : null);
        }
    }

    /// <summary>Runs all layers; each state is [layers·directions, N, H].</summary>
    private protected (Tensor Output, Tensor[] States) Run(Tensor x, Tensor?[] initial, ReadOnlySpan<int> lengths)
    {
        Tensor sequence = CheckInput(x);
        int steps = sequence.Shape[0];
        int batch = sequence.Shape[1];
        Tensor[] states = Array.ConvertAll(initial, state => CheckState(state, batch, x.DType));
        Tensor[]? running = Masks(lengths, steps, batch);
        List<Tensor>[] last = Array.ConvertAll(states, _ => new List<Tensor>());
        for (int layer = 0; layer < weights.Length / directions; layer++)
        {
            sequence = layer > 0 && dropout is not null ? dropout.Forward(sequence) : sequence;
            Tensor[] outputs = new Tensor[directions];
            for (int direction = 0; direction < directions; direction++)
            {
                int index = (layer * directions) + direction;
                Tensor[] state = Array.ConvertAll(states, all => all.Select(0, index));
                outputs[direction] = RunDirection(sequence, weights[index], ref state, direction == 1, running);
                for (int i = 0; i < state.Length; i++)
                {
                    last[i].Add(state[i]);
                }
            }
            sequence = directions == 1 ? outputs[0] : Tensor.Concat(outputs, -1);
        }
        return (batchFirst ? sequence.Transpose(0, 1) : sequence, Array.ConvertAll(last, parts => Tensor.Stack(parts.ToArray())));
    }

    internal abstract Tensor[] Step(Tensor fromInput, Tensor[] state, RecurrentWeights own);

    private Tensor RunDirection(Tensor sequence, RecurrentWeights own, ref Tensor[] state, bool isBackward, Tensor[]? running)
    {
        Tensor fromInput = own.FromInput(sequence);
        Tensor[] outputs = new Tensor[sequence.Shape[0]];
        for (int i = 0; i < outputs.Length; i++)
        {
            int time = isBackward ? outputs.Length - 1 - i : i;
            Tensor[] next = Step(fromInput.Select(0, time), state, own);
            outputs[time] = next[0];
            if (running is not null)
            {
                outputs[time] = Tensor.Where(running[time], next[0], 0.0);
                for (int j = 0; j < next.Length; j++)
                {
                    next[j] = Tensor.Where(running[time], next[j], state[j]);
                }
            }
            state = next;
        }
        return Tensor.Stack(outputs);
    }

    private Tensor CheckInput(Tensor x)
    {
        if (x.Rank != 3 || x.Shape[2] != inputSize || x.Shape[batchFirst ? 1 : 0] == 0)
        {
            throw new ArgumentException(
                $"{Label} takes sequences {(batchFirst ? "[N, T" : "[T, N")}, {inputSize}] of at least one step; the input has shape {x.Shape}.",
                    nameof(x));
        }
        return batchFirst ? x.Transpose(0, 1) : x;
    }

    private Tensor CheckState(Tensor? state, int batch, DType type)
    {
        Shape shape = [weights.Length, batch, hiddenSize];
        if (state is not null && state.Shape != shape)
        {
            throw new ArgumentException($"{Label} needs an initial state [layers·directions, N, hidden] = {shape}; found {state.Shape}.",
                nameof(state));
        }
        return state ?? Tensor.Zeros(shape, type);
    }

    /// <summary>For each step, which sequences [N, 1] have not ended; null where all have the full length.</summary>
    private Tensor[]? Masks(ReadOnlySpan<int> lengths, int steps, int batch)
    {
        if (lengths.IsEmpty)
        {
            return null;
        }
        if (lengths.Length != batch)
        {
            throw new ArgumentException($"{Label} needs one length for each of the {batch} sequences; found {lengths.Length}.", nameof(lengths));
        }
        foreach (int length in lengths)
        {
            if (length < 1 || length > steps)
            {
                throw new ArgumentOutOfRangeException(nameof(lengths), length, $"{Label}: sequences of {steps} steps have lengths of 1 to {steps}.");
            }
        }
        Tensor[] masks = new Tensor[steps];
        bool[] isRunning = new bool[batch];
        for (int time = 0; time < steps; time++)
        {
            for (int i = 0; i < batch; i++)
            {
                isRunning[i] = time < lengths[i];
            }
            masks[time] = Tensor.From<bool>(isRunning, [batch, 1]);
        }
        return masks;
    }
}
