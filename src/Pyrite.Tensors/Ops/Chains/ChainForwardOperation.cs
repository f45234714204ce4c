using System.Reflection;
using Pyrite.Engine;
using Pyrite.Kernels.Chains;
using Pyrite.Kernels.Memory;

namespace Pyrite.Ops.Chains;

/// <summary>The forward passes of chains, kept for their sums and gradients: [chains, steps + 1, 2 states]. Nothing flows back through it.</summary>
internal readonly record struct ChainForwardOperation : IAddressOperation
{
    public string Name => "chain forward";

    /// <summary>What is kept of transitions [1 or chains, 1 or steps - 1, states, states] and scores [chains, steps, states], all Float64.</summary>
    public static Tensor Of(Tensor transitions, Tensor scores)
    {
        using NoGradient.Scope untracked = NoGradient.Begin();
        Shape shape = scores.Shape;
        return Executor.Apply(default(ChainForwardOperation), new TensorSpec([shape[0], shape[1] + 1, 2 * shape[2]], DType.Float64), transitions,
            scores);
    }

    public void Execute(ReadOnlySpan<Tensor> inputs, Tensor output) => ChainKernel.Forward(ChainLayout.Of(inputs[0].Shape, inputs[1].Shape),
        inputs[0].Read<double>(), inputs[1].Read<double>(), output.Write<double>());

    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) => null;

    public (MethodInfo Method, int[] Sizes)? OnAddresses(ReadOnlySpan<Shape> shapes, Shape result) =>
        (typeof(ChainForwardOperation).GetMethod(nameof(OnMemory))!, ChainLayout.Numbers(ChainLayout.Of(shapes[0], shapes[1])));

    /// <summary>The passes on plain memory.</summary>
    public static void OnMemory(nint transitions, nint scores, nint kept, int chains, int steps, int states, int own, int stepwise)
    {
        ChainSizes sizes = ChainLayout.Of(chains, steps, states, own, stepwise);
        ChainKernel.Forward(sizes, PlainMemory.Read(transitions, sizes.Transitions), PlainMemory.Read(scores, sizes.Scores),
            PlainMemory.Write(kept, chains * sizes.Kept));
    }
}
