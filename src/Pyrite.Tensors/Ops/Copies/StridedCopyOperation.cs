using Pyrite.Engine;
using Pyrite.Engine.Properties;
using Pyrite.Kernels.Copies;

namespace Pyrite.Ops.Copies;

/// <summary>A rearrangement of elements: transposes, slices, flips, broadcasts. Each axis of the result walks one axis of the input.</summary>
internal readonly struct StridedCopyOperation : IBatchOperation<StridedCopyOperation>, IPartOperation, ICopyOperation,
    IEquatable<StridedCopyOperation>
{
    private readonly string name;
    private readonly AxisWalk[] walks;

    private StridedCopyOperation(string name, AxisWalk[] walks)
    {
        this.name = name;
        this.walks = walks;
    }

    public string Name => name;

    /// <summary>How each axis of the result walks the input.</summary>
    public AxisWalk[] Walks => walks;

    /// <summary>The rearranged tensor. Input axes that no walk names must have size 1 or be entered with a walk whose result axis is dropped
    /// later.</summary>
    public static Tensor Of(string name, Tensor x, params AxisWalk[] walks)
    {
        x = x.IsWeak ? x.To(Precision.Default) : x.In(Layout.RowMajor);
        Span<int> sizes = stackalloc int[walks.Length];
        for (int i = 0; i < sizes.Length; i++)
        {
            sizes[i] = walks[i].Count;
        }
        return Executor.Apply(new StridedCopyOperation(name, walks), new TensorSpec(Shape.Create(sizes), x.DType), x);
    }

    /// <summary>The operation that repeats axes of size 1, and adds axes in front.</summary>
    public static StridedCopyOperation Broadcast(Shape own, Shape target) => new("broadcast", AxisWalks.Broadcast(own, target));

    public void Execute(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        if (output.Count == 0)
        {
            return;
        }
        Span<int> steps = stackalloc int[walks.Length];
        Span<int> strides = stackalloc int[output.Rank];
        int start = Walk(inputs[0].Shape, steps);
        Strides.Fill(output.Shape.Sizes, strides);
        StridedCopy.Run(inputs[0].RawBytes(), start, steps, output.WriteBytes(), 0, strides, output.Shape.Sizes, output.DType.ByteSize);
    }

    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input)
    {
        GradientPart part = Moved(upstream, inputs[0].Shape);
        return StridedSpreadOperation.Of(name, part.Gradient, part.Places, part.Shape);
    }

    public GradientPart? Part(Tensor upstream, Shape input)
    {
        long read = 1;
        foreach (AxisWalk walk in walks)
        {
            read *= walk.Step == 0 ? 1 : walk.Count;
        }
        return read < input.Count ? Moved(upstream, input) : null;
    }

    public void Terms(ReadOnlySpan<Shape> shapes, ReadOnlySpan<long> indices, Shape result, Action<int, int, int> add)
    {
        List<int> places = AxisWalks.Places(walks, shapes[0]);
        for (int i = 0; i < places.Count; i++)
        {
            add(i, 0, places[i]);
        }
    }

    /// <summary>Whether every element of the result stands where the input's does, repeated along some axes.</summary>
    public bool IsBroadcast(Shape source)
    {
        int next = source.Rank - 1;
        for (int axis = walks.Length - 1; axis >= 0; axis--)
        {
            AxisWalk walk = walks[axis];
            bool keeps = next >= 0 && walk == new AxisWalk(next, 0, 1, source.Sizes[next]);
            if (keeps || (next >= 0 && walk.Source == next))
            {
                next--;
            }
            if (!keeps && (walk.Step != 0 || walk.Start != 0))
            {
                return false;
            }
        }
        return next < 0;
    }

    public StridedCopyOperation? ForBatch(int count, int batch) => walks.Length > 0 && walks[0] == new AxisWalk(0, 0, 1, batch)
        ? new StridedCopyOperation(name, [walks[0] with { Count = count }, .. walks[1..]])
        : null;

    /// <summary>Whether another one differs at most in where its walks start.</summary>
    public bool WalksAlike(in StridedCopyOperation other)
    {
        if (name != other.name || walks.Length != other.walks.Length)
        {
            return false;
        }
        for (int axis = 0; axis < walks.Length; axis++)
        {
            if (walks[axis] with { Start = 0 } != other.walks[axis] with { Start = 0 })
            {
                return false;
            }
        }
        return true;
    }

    public bool Equals(StridedCopyOperation other) => name == other.name && walks.AsSpan().SequenceEqual(other.walks);

    public override bool Equals(object? obj) => obj is StridedCopyOperation other && Equals(other);

    public override int GetHashCode() => AxisWalks.HashOf(name, walks);

    /// <summary>Repeated axes are summed; what is left moves every element to a place of its own.</summary>
    private GradientPart Moved(Tensor upstream, Shape input)
    {
        List<int> repeated = [];
        List<AxisWalk> moved = [];
        for (int axis = 0; axis < walks.Length; axis++)
        {
            if (walks[axis].Step == 0)
            {
                repeated.Add(axis);
            }
            else
            {
                moved.Add(walks[axis]);
            }
        }
        return new GradientPart(name, repeated.Count == 0 ? upstream : upstream.Sum(repeated.ToArray()), moved.ToArray(), input);
    }

    private int Walk(Shape source, Span<int> steps)
    {
        Span<int> strides = stackalloc int[source.Rank];
        Strides.Fill(source.Sizes, strides);
        int start = 0;
        for (int axis = 0; axis < walks.Length; axis++)
        {
            AxisWalk walk = walks[axis];
            int stride = walk.Source < 0 ? 0 : strides[walk.Source];
            start += walk.Start * stride;
            steps[axis] = walk.Step * stride;
        }
        return start;
    }
}
