using Pyrite.Engine;
using Pyrite.Kernels.Copies;
using Pyrite.Ops.Copies;

namespace Pyrite;

/// <content>Several tensors made one, or stretched together.</content>
public sealed partial class Tensor
{
    /// <summary>Tensors one after the other along an axis.</summary>
    /// <param name="parts">At least one; all axes but the joined one agree, types promote.</param>
    /// <param name="axis">The axis to join.</param>
    /// <exception cref="ArgumentException">No parts, or shapes that do not fit.</exception>
    public static Tensor Concat(ReadOnlySpan<Tensor> parts, int axis = 0)
    {
        if (parts.Length == 0)
        {
            throw new ArgumentException("concat: at least one tensor is needed; none was given.", nameof(parts));
        }
        Shape first = parts[0].Shape;
        int index = first.Axis(axis);
        DType type = DType.Bool;
        int total = 0;
        Tensor[] aligned = new Tensor[parts.Length];
        int[] starts = new int[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            Tensor part = parts[i];
            if (part.Rank != first.Rank || part.Shape.Replace(index, 1) != first.Replace(index, 1))
            {
                throw new ArgumentException($"concat: shapes {first} and {part.Shape} differ in more than axis {axis}, the one to join.",
                    nameof(parts));
            }
            type = DTypeProperties.Promote(type, part.IsWeak ? Precision.Default : part.DType);
            starts[i] = total;
            total += part.Shape[index];
        }
        for (int i = 0; i < aligned.Length; i++)
        {
            aligned[i] = parts[i].To(type).In(Layout.RowMajor);
        }
        return Executor.Apply(new ConcatOperation(index, starts), new TensorSpec(first.Replace(index, total), type), aligned);
    }

    /// <summary>Tensors of one shape side by side along a new axis.</summary>
    /// <param name="parts">At least one; all of the same shape.</param>
    /// <param name="axis">Where the new axis stands in the result.</param>
    public static Tensor Stack(ReadOnlySpan<Tensor> parts, int axis = 0)
    {
        Tensor[] raised = new Tensor[parts.Length];
        for (int i = 0; i < raised.Length; i++)
        {
            raised[i] = parts[i].Unsqueeze(axis);
        }
        return Concat(raised.AsSpan(), axis);
    }

    /// <summary>Tensors one after the other along an axis.</summary>
    /// <param name="parts">At least one; all axes but the joined one agree, types promote.</param>
    /// <param name="axis">The axis to join.</param>
    /// <exception cref="ArgumentException">No parts, or shapes that do not fit.</exception>
    public static Tensor Concat(Tensor[] parts, int axis = 0) => Concat((ReadOnlySpan<Tensor>)parts, axis);

    /// <summary>Tensors of one shape side by side along a new axis.</summary>
    /// <param name="parts">At least one; all of the same shape.</param>
    /// <param name="axis">Where the new axis stands in the result.</param>
    public static Tensor Stack(Tensor[] parts, int axis = 0) => Stack((ReadOnlySpan<Tensor>)parts, axis);

    /// <summary>Vectors stretched to the grid they span, one tensor per vector.</summary>
    /// <param name="vectors">Vectors; vector k varies along axis k.</param>
    /// <param name="exchangeFirstTwo">Whether the first vector varies along axis 1 and the second along axis 0, as plots want it ("xy").</param>
    public static Tensor[] MeshGrid(ReadOnlySpan<Tensor> vectors, bool exchangeFirstTwo = false)
    {
        int[] place = [.. Enumerable.Range(0, vectors.Length)];
        if (exchangeFirstTwo && place.Length > 1)
        {
            (place[0], place[1]) = (1, 0);
        }
        int[] sizes = new int[vectors.Length];
        for (int i = 0; i < sizes.Length; i++)
        {
            sizes[place[i]] = vectors[i].Count;
        }
        Tensor[] grids = new Tensor[vectors.Length];
        for (int i = 0; i < grids.Length; i++)
        {
            int[] own = [.. Enumerable.Repeat(1, sizes.Length)];
            own[place[i]] = vectors[i].Count;
            grids[i] = vectors[i].Reshape(own).BroadcastTo(Shape.Create(sizes));
        }
        return grids;
    }

    /// <summary>Copies tensors one after the other.</summary>
    internal readonly struct ConcatOperation : ITermOperation, IEquatable<ConcatOperation>
    {
        private readonly int axis;
        private readonly int[] starts;

        /// <param name="axis">The axis to join.</param>
        /// <param name="starts">Where each part begins.</param>
        public ConcatOperation(int axis, int[] starts) => (this.axis, this.starts) = (axis, starts);

        public string Name => "concat";

        /// <summary>The axis that is joined.</summary>
        public int Axis => axis;

        public void Execute(ReadOnlySpan<Tensor> inputs, Tensor output)
        {
            int[] strides = Strides.Of(output.Shape);
            for (int i = 0; i < inputs.Length; i++)
            {
                Tensor part = inputs[i];
                if (part.Count > 0)
                {
                    StridedCopy.Run(part.RawBytes(), 0, Strides.Of(part.Shape), output.WriteBytes(), starts[i] * strides[axis], strides,
                        part.Shape.Sizes, output.DType.ByteSize);
                }
            }
        }

        public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) =>
            upstream.Slice(axis, starts[input], inputs[input].Shape[axis]);

        public void Terms(ReadOnlySpan<Shape> shapes, ReadOnlySpan<long> indices, Shape result, Action<int, int, int> add)
        {
            int inner = checked((int)result[(axis + 1)..].Count), stride = inner * result[axis];
            for (int part = 0; part < shapes.Length; part++)
            {
                int row = inner * shapes[part][axis], count = (int)shapes[part].Count;
                for (int i = 0; i < count; i++)
                {
                    add((i / row * stride) + (starts[part] * inner) + (i % row), part, i);
                }
            }
        }

        public bool Equals(ConcatOperation other) => axis == other.axis && starts.AsSpan().SequenceEqual(other.starts);

        public override bool Equals(object? obj) => obj is ConcatOperation other && Equals(other);

        public override int GetHashCode() => HashCode.Combine(axis, starts.Length);
    }
}
