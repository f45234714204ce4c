using System.Runtime.CompilerServices;
using Pyrite.Engine;
using Pyrite.Ops.Copies;
using Pyrite.Text;

namespace Pyrite;

/// <summary>Other shapes over the same elements; nothing is copied.</summary>
public static class Reshaping
{
    extension(Tensor x)
    {
        /// <summary>The same elements under another shape; one size may be -1 and is then worked out.</summary>
        /// <exception cref="ArgumentException">The number of elements differs.</exception>
        public Tensor Reshape(params int[] sizes) => x.Reshape((ReadOnlySpan<int>)sizes);

        /// <summary>The same elements in row-major order under another shape; one size may be -1 and is then worked out.</summary>
        /// <exception cref="ArgumentException">The number of elements differs.</exception>
        [OverloadResolutionPriority(1)]
        public Tensor Reshape(params ReadOnlySpan<int> sizes)
        {
            int unknown = sizes.IndexOf(-1);
            if (unknown < 0)
            {
                return x.Reshape(Shape.Create(sizes));
            }
            Span<int> known = stackalloc int[sizes.Length];
            sizes.CopyTo(known);
            known[unknown] = 1;
            long rest = 1;
            foreach (int size in known)
            {
                rest *= size;
            }
            if (known.IndexOf(-1) >= 0 || rest == 0 || x.Shape.Count % rest != 0)
            {
                throw new ArgumentException(
                    $"reshape: shape {x.Shape} with {x.Shape.Count} elements does not fit [{NumberList.Text(sizes.ToArray())}]; one size may be -1 "
                        + "and the others must divide the number of elements.");
            }
            known[unknown] = checked((int)(x.Shape.Count / rest));
            return x.Reshape(Shape.Create(known));
        }

        /// <summary>The same elements in row-major order under another shape.</summary>
        /// <exception cref="ArgumentException">The number of elements differs.</exception>
        public Tensor Reshape(Shape shape)
        {
            if (x.Shape == shape)
            {
                return x;
            }
            if (shape.Count != x.Shape.Count)
            {
                throw new ArgumentException(
                    $"reshape: shape {x.Shape} has {x.Shape.Count} elements, {shape} has {shape.Count}; the numbers must agree. Use -1 for one size "
                        + "to have it worked out.");
            }
            if (x.IsWeak)
            {
                return Tensor.Full(shape, x.WeakValue);
            }
            Tensor source = x.In(Layout.RowMajor);
            return Executor.ApplyAlias(default(ReshapeOperation), new TensorSpec(shape, source.DType), source);
        }

        /// <summary>The same elements without the axis of size 1 at the given place.</summary>
        /// <exception cref="ArgumentException">The axis is longer than 1.</exception>
        public Tensor Squeeze(int axis)
        {
            int index = x.Shape.Axis(axis);
            return x.Shape[index] == 1
                ? x.Reshape(x.Shape[..index] + x.Shape[(index + 1)..])
                : throw new ArgumentException(
                    $"squeeze: axis {axis} of shape {x.Shape} has size {x.Shape[index]}; only axes of size 1 can be dropped.", nameof(axis));
        }

        /// <summary>The same elements with a new axis of size 1 at the given place; -1 adds it at the end.</summary>
        public Tensor Unsqueeze(int axis)
        {
            int index = axis < 0 ? axis + x.Rank + 1 : axis;
            if ((uint)index > (uint)x.Rank)
            {
                throw new ArgumentOutOfRangeException(nameof(axis), axis,
                    $"unsqueeze: a new axis of shape {x.Shape} can stand at {-x.Rank - 1} to {x.Rank}; {axis} was asked for.");
            }
            return x.Reshape(x.Shape[..index] + [1] + x.Shape[index..]);
        }

        /// <summary>The same elements with neighbouring axes merged into one.</summary>
        /// <param name="first">The first axis to merge.</param>
        /// <param name="last">The last axis to merge.</param>
        public Tensor Flatten(int first = 0, int last = -1)
        {
            if (x.Rank == 0)
            {
                return x.Reshape(1);
            }
            int from = x.Shape.Axis(first);
            int to = x.Shape.Axis(last);
            return from >= to ? x : x.Reshape(x.Shape[..from] + [checked((int)x.Shape[from..(to + 1)].Count)] + x.Shape[(to + 1)..]);
        }

        /// <summary>Channels-last images as [N, 1, 1, C·H·W] in storage order, for reductions over whole images.</summary>
        internal Tensor AsFlatImages()
        {
            return Executor.ApplyAlias(default(ImageFlatteningOperation), new TensorSpec([x.Shape[0], checked((int)x.Shape[1..].Count)], x.DType), x);
        }
    }

    private readonly record struct ReshapeOperation : IAliasOperation, IBatchOperation<ReshapeOperation>
    {
        public string Name => "reshape";

        public ReshapeOperation? ForBatch(int count, int batch) => this;

        public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) => upstream.Reshape(inputs[0].Shape);
    }

    private readonly record struct ImageFlatteningOperation : IAliasOperation, IBatchOperation<ImageFlatteningOperation>
    {
        public string Name => "flatten images";

        public ImageFlatteningOperation? ForBatch(int count, int batch) => this;

        public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input)
        {
            Tensor source = upstream.In(Layout.RowMajor);
            return Executor.ApplyAlias(default(ImageRestorationOperation), new TensorSpec(inputs[0].Shape, source.DType, Layout.ChannelsLast),
                source);
        }
    }

    private readonly record struct ImageRestorationOperation : IAliasOperation, IBatchOperation<ImageRestorationOperation>
    {
        public string Name => "restore images";

        public ImageRestorationOperation? ForBatch(int count, int batch) => this;

        public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) =>
            upstream.In(Layout.ChannelsLast).AsFlatImages().Reshape(inputs[0].Shape);
    }
}
