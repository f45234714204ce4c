using Pyrite.Engine;
using Pyrite.Engine.Properties;
using Pyrite.Kernels.Convolution;
using Pyrite.Programs.Compiled;

namespace Pyrite.Programs.Plans;

/// <summary>One piece of work of a plan: an operation, or a convolution or a matrix product with what follows it fused in.</summary>
internal sealed class PlannedUnit(RecordedNode node, int output, int[] inputs)
{
    private readonly IImageOperation? images = node.Boxed as IImageOperation;

    /// <summary>The operation; of a fused one, the convolution or product.</summary>
    public RecordedNode Node { get; } = node;

    /// <summary>The number of the result.</summary>
    public int Output { get; set; } = output;

    /// <summary>Where the inputs come from, as in <see cref="RecordedNode.Inputs"/>.</summary>
    public int[] Inputs { get; } = inputs;

    /// <summary>Whether negative results become zero.</summary>
    public bool Relu { get; set; }

    /// <summary>A result where this unit's is kept only if this is positive; null for none.</summary>
    public int? Mask { get; set; }

    /// <summary>The sizes of a convolution or of its weight gradient; null for other operations.</summary>
    public ConvolutionShape? Shape => images?.Sizes;

    /// <summary>Whether this is a convolution or a transposed one.</summary>
    public bool IsConvolution => images?.Work is ImageWork.Convolution or ImageWork.TransposedConvolution;

    /// <summary>Whether this is a transposed convolution.</summary>
    public bool IsTransposed => images?.Work == ImageWork.TransposedConvolution;

    /// <summary>Whether this brings images into channels-last order.</summary>
    public bool IsLayout =>
        images?.Work == ImageWork.Layout && Node.Spec.Layout == Layout.ChannelsLast && Node.Spec.DType.IsFloatingPoint;

    /// <summary>Whether this sums over the whole batch, lane by lane.</summary>
    public bool IsLaneSum => images?.Work is ImageWork.WeightGradient or ImageWork.BiasGradient;

    /// <summary>The operation as one to which a ReLU or a mask can be fused; null for others.</summary>
    public IFusingOperation? Fusing => Node.Boxed as IFusingOperation;

    /// <summary>The operations that this does, by name.</summary>
    public IEnumerable<string> Names => ((string[])[Node.Name, Relu ? "relu" : "", Mask is null ? "" : "relu mask"]).Where(name => name.Length > 0);

    /// <summary>All results and outside tensors that this reads.</summary>
    public IEnumerable<int> Sources => Mask is { } mask ? Inputs.Append(mask) : Inputs;

    /// <summary>The results of the program that this reads, by what they share memory with.</summary>
    public IEnumerable<int> Reads(RecordedProgram program) => Sources.Where(program.IsMade).Select(program.MemoryOf);
}
