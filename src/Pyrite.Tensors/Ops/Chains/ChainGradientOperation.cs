using System.Reflection;
using Pyrite.Engine;
using Pyrite.Kernels.Chains;
using Pyrite.Kernels.Memory;
using Pyrite.Ops.Copies;

namespace Pyrite.Ops.Chains;

/// <summary>The gradients of the log-sums over the paths of chains in one vector: of all scores, then of all transitions.</summary>
internal readonly record struct ChainGradientOperation : IAddressOperation
{
    public string Name => "chain gradient";

    /// <summary>Both gradients.</summary>
    /// <param name="transitions">[1 or chains, 1 or steps - 1, states, states].</param>
    /// <param name="scores">[chains, steps, states].</param>
    /// <param name="kept">What the forward passes kept.</param>
    /// <param name="upstream">The gradients of the log-sums, [chains].</param>
    public static Tensor Of(Tensor transitions, Tensor scores, Tensor kept, Tensor upstream)
    {
        int count = checked((int)(scores.Shape.Count + transitions.Shape.Count));
        return Executor.Apply(default(ChainGradientOperation), new TensorSpec([count], DType.Float64), transitions, scores, kept,
            upstream.In(Layout.RowMajor));
    }

    /// <summary>The gradient of the transitions (0) or of the scores (1).</summary>
    public static Tensor PartOf(Tensor both, Shape transitions, Shape scores, int input)
    {
        int start = (int)scores.Count;
        return input == 1 ? both.Slice(0, 0, start).Reshape(scores) : both.Slice(0, start, (int)transitions.Count).Reshape(transitions);
    }

    public void Execute(ReadOnlySpan<Tensor> inputs, Tensor output) => ChainKernel.Gradient(ChainLayout.Of(inputs[0].Shape, inputs[1].Shape),
        inputs[0].Read<double>(), inputs[2].Read<double>(), inputs[3].Read<double>(), output.Write<double>());

    /// <summary>By plain operations, step by step.</summary>
    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) =>
        input == 2 ? null : ChainByLogarithms.SecondGradient(inputs[0], inputs[1], inputs[3], upstream, input == 3 ? 2 : input);

    public (MethodInfo Method, int[] Sizes)? OnAddresses(ReadOnlySpan<Shape> shapes, Shape result) =>
        (typeof(ChainGradientOperation).GetMethod(nameof(OnMemory))!, ChainLayout.Numbers(ChainLayout.Of(shapes[0], shapes[1])));

    /// <summary>The gradients on plain memory; of the scores, what the forward passes kept tells all.</summary>
    public static void OnMemory(nint transitions, nint scores, nint kept, nint upstream, nint gradient, int chains, int steps, int states, int own,
        int stepwise)
    {
        ChainSizes sizes = ChainLayout.Of(chains, steps, states, own, stepwise);
        ChainKernel.Gradient(sizes, PlainMemory.Read(transitions, sizes.Transitions), PlainMemory.Read(kept, chains * sizes.Kept),
            PlainMemory.Read(upstream, chains), PlainMemory.Write(gradient, sizes.Scores + sizes.Transitions));
    }
}
