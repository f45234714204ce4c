using System.Numerics;
using System.Numerics.Tensors;
using Pyrite.Engine;
using Pyrite.Kernels.Copies;

namespace Pyrite.Ops.Copies;

/// <summary>The sum of gradients of parts of a tensor, added one after the other to zeros, or to a gradient of the whole tensor.</summary>
internal readonly struct PartSumOperation : ITermOperation, IEquatable<PartSumOperation>
{
    private readonly AxisWalk[][] places;

    private PartSumOperation(AxisWalk[][] places) => this.places = places;

    public string Name => "sum of parts";

    public bool IsSum => true;

    /// <summary>The sum.</summary>
    /// <param name="total">The gradient of the whole tensor that comes first; null for zeros.</param>
    /// <param name="parts">At least one, all of one tensor.</param>
    public static Tensor Of(Tensor? total, List<GradientPart> parts)
    {
        if (total is null && parts.Count == 1)
        {
            return StridedSpreadOperation.Of(parts[0].Name, parts[0].Gradient, parts[0].Places, parts[0].Shape);
        }
        int whole = total is null ? 0 : 1;
        Tensor[] inputs = new Tensor[parts.Count + whole];
        AxisWalk[][] places = new AxisWalk[parts.Count][];
        for (int i = 0; i < places.Length; i++)
        {
            inputs[i + whole] = parts[i].Gradient.In(Layout.RowMajor);
            places[i] = parts[i].Places;
        }
        if (total is not null)
        {
            inputs[0] = total.In(Layout.RowMajor);
        }
        return Executor.Apply(new PartSumOperation(places), new TensorSpec(parts[0].Shape, inputs[^1].DType), inputs);
    }

    public void Execute(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        if (output.DType == DType.Float32)
        {
            Run<float>(inputs, output);
        }
        else
        {
            Run<double>(inputs, output);
        }
    }

    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input)
    {
        int part = input - inputs.Length + places.Length;
        return part < 0 ? upstream : StridedCopyOperation.Of("slice", upstream, places[part]).Reshape(inputs[input].Shape);
    }

    public void Terms(ReadOnlySpan<Shape> shapes, ReadOnlySpan<long> indices, Shape result, Action<int, int, int> add)
    {
        int whole = shapes.Length - places.Length;
        for (int i = 0; i < whole * result.Count; i++)
        {
            add(i, 0, i);
        }
        for (int part = 0; part < places.Length; part++)
        {
            List<int> targets = AxisWalks.Places(places[part], result);
            for (int i = 0; i < targets.Count; i++)
            {
                add(targets[i], part + whole, i);
            }
        }
    }

    public bool Equals(PartSumOperation other) =>
        places.Length == other.places.Length && places.Zip(other.places).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second));

    public override bool Equals(object? obj) => obj is PartSumOperation other && Equals(other);

    public override int GetHashCode() => places.Length;

    private void Run<T>(ReadOnlySpan<Tensor> inputs, Tensor output) where T : unmanaged, INumber<T>
    {
        Span<T> target = output.Write<T>();
        int whole = inputs.Length - places.Length;
        if (whole > 0)
        {
            // What adding zeros gives: no zero keeps a minus sign.
            TensorPrimitives.Add(inputs[0].Read<T>(), T.Zero, target);
        }
        else
        {
            target.Clear();
        }
        Span<int> strides = stackalloc int[output.Rank];
        Strides.Fill(output.Shape.Sizes, strides);
        for (int i = 0; i < places.Length; i++)
        {
            Add(inputs[i + whole].Read<T>(), target, places[i], strides);
        }
    }

    private static void Add<T>(ReadOnlySpan<T> source, Span<T> target, AxisWalk[] walks, ReadOnlySpan<int> strides) where T : unmanaged, INumber<T>
    {
        Span<int> steps = stackalloc int[walks.Length], sizes = stackalloc int[walks.Length];
        int start = 0;
        for (int axis = 0; axis < walks.Length; axis++)
        {
            int stride = walks[axis].Source < 0 ? 0 : strides[walks[axis].Source];
            start += walks[axis].Start * stride;
            (steps[axis], sizes[axis]) = (walks[axis].Step * stride, walks[axis].Count);
        }
        StridedAdd.Run(source, target, start, steps, sizes);
    }
}
