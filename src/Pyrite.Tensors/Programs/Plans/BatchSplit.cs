using Pyrite.Engine;
using Pyrite.Kernels.Convolution;
using Pyrite.Ops.Convolution;
using Pyrite.Programs.Compiled;

namespace Pyrite.Programs.Plans;

/// <summary>Decides which units can run on a stretch of a batch, and what their tensors look like there.</summary>
internal static class BatchSplit
{
    /// <summary>Lanes over the batch; the kernels of weight gradients use the same number.</summary>
    public const int Lanes = 8;

    /// <summary>Fewer elements an entry are not worth the visit: bench `vae-mlp`.</summary>
    private const int FewestElements = 256;

    /// <summary>Whether a unit can run on a stretch of a batch of this size.</summary>
    public static bool Allows(PlannedUnit unit, int batch, RecordedProgram program)
    {
        if (unit.Shape is { } shape)
        {
            return shape.Batch == batch && batch >= Lanes && !ConvolutionArguments.IsPointwise(shape)
                && (unit.IsConvolution || LaneGradient.OfWeights(shape, unit.Node.Spec.DType, 0, 0).Lanes == Lanes);
        }
        TensorSpec output = unit.Node.Spec;
        if (unit.IsLaneSum)
        {
            return program.SpecOf(unit.Inputs[0]).Shape[0] == batch && batch >= Lanes;
        }
        long elements = output.Shape.Count;
        if (output.Shape.Rank == 0 || output.Shape[0] != batch || batch < Lanes)
        {
            return false;
        }
        for (int i = 0; i < unit.Inputs.Length; i++)
        {
            TensorSpec input = program.SpecOf(unit.Inputs[i]);
            elements = Math.Max(elements, input.Shape.Count);
            if (Role(unit, input, batch) is null)
            {
                return false;
            }
        }
        return elements >= (long)FewestElements * batch && unit.Node.ForBatch(1, batch, output) is not null;
    }

    /// <summary>Whether an input runs along the batch (true), is needed whole (false), or makes splitting impossible (null).</summary>
    public static bool? Role(PlannedUnit unit, TensorSpec input, int batch)
    {
        Shape shape = input.Shape;
        TensorSpec output = unit.Node.Spec;
        bool broadcasts = unit.Node.Boxed is IElementwiseOperation { Broadcasts: true };
        if (broadcasts && shape.Rank < output.Shape.Rank)
        {
            return false;
        }
        if (shape.Rank > 0 && shape[0] == batch)
        {
            return true;
        }
        return shape.Count == 1 || (broadcasts && shape[0] == 1) ? false : null;
    }

    /// <summary>What a batched tensor looks like on a stretch.</summary>
    public static TensorSpec Stretch(TensorSpec spec, int count) => spec with { Shape = spec.Shape.Replace(0, count) };
}
