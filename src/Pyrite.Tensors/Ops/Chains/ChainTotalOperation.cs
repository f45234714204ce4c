using System.Reflection;
using Pyrite.Engine;
using Pyrite.Kernels.Chains;
using Pyrite.Kernels.Memory;
using Pyrite.Ops.Copies;

namespace Pyrite.Ops.Chains;

/// <summary>log Σ exp over the paths of each chain, [chains], out of what the forward passes kept.</summary>
internal readonly record struct ChainTotalOperation : IAddressOperation
{
    public string Name => "chain log-sum";

    /// <summary>The log-sums for transitions [1 or chains, 1 or steps - 1, states, states] and scores [chains, steps, states], Float64.</summary>
    public static Tensor Of(Tensor transitions, Tensor scores)
    {
        (transitions, scores) = (transitions.In(Layout.RowMajor), scores.In(Layout.RowMajor));
        Tensor kept = ChainForwardOperation.Of(transitions, scores);
        return Executor.Apply(default(ChainTotalOperation), new TensorSpec([scores.Shape[0]], DType.Float64), transitions, scores, kept);
    }

    public void Execute(ReadOnlySpan<Tensor> inputs, Tensor output) =>
        ChainKernel.Totals(ChainLayout.Of(inputs[0].Shape, inputs[1].Shape), inputs[2].Read<double>(), output.Write<double>());

    /// <summary>Both gradients come from one backward pass; what is issued for each input is one operation for both.</summary>
    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input)
    {
        if (input == 2)
        {
            return null;
        }
        Tensor both = ChainGradientOperation.Of(inputs[0], inputs[1], inputs[2], upstream);
        return ChainGradientOperation.PartOf(both, inputs[0].Shape, inputs[1].Shape, input);
    }

    public (MethodInfo Method, int[] Sizes)? OnAddresses(ReadOnlySpan<Shape> shapes, Shape result) =>
        (typeof(ChainTotalOperation).GetMethod(nameof(OnMemory))!, ChainLayout.Numbers(ChainLayout.Of(shapes[0], shapes[1])));

    /// <summary>The log-sums on plain memory.</summary>
    public static void OnMemory(nint transitions, nint scores, nint kept, nint totals, int chains, int steps, int states, int own, int stepwise)
    {
        ChainSizes sizes = ChainLayout.Of(chains, steps, states, own, stepwise);
        ChainKernel.Totals(sizes, PlainMemory.Read(kept, chains * sizes.Kept), PlainMemory.Write(totals, chains));
    }
}
