
namespace Pyrite.Ops.Lanes;

/// <summary>A reduction as passes over [outer, reduced, inner] blocks: one pass for each run of neighbouring reduced axes, last run first.</summary>
internal static class ReductionPlan
{
    /// <summary>Which axes are reduced, negative ones counted from the end; all where none are named.</summary>
    /// <exception cref="ArgumentException">An axis is named twice.</exception>
    public static bool[] Axes(Shape shape, ReadOnlySpan<int> axes)
    {
        bool[] reduced = new bool[shape.Rank];
        if (axes.Length == 0)
        {
            Array.Fill(reduced, true);
        }
        foreach (int axis in axes)
        {
            int index = shape.Axis(axis);
            if (reduced[index])
            {
                throw new ArgumentException($"Axis {axis} of shape {shape} is named twice in a reduction.", nameof(axes));
            }
            reduced[index] = true;
        }
        return reduced;
    }

    /// <summary>How many axes are reduced if they are the last ones, named in order; 0 for any other choice.</summary>
    public static int TrailingAxes(int rank, ReadOnlySpan<int> axes)
    {
        for (int i = 0; i < axes.Length; i++)
        {
            int axis = axes[i] < 0 ? axes[i] + rank : axes[i];
            if (axis != rank - axes.Length + i)
            {
                return 0;
            }
        }
        return axes.Length;
    }

    /// <summary>A shape followed by axes of size 1.</summary>
    public static Shape WithOnes(Shape shape, int axes)
    {
        Span<int> sizes = stackalloc int[shape.Rank + axes];
        sizes.Fill(1);
        shape.Sizes.CopyTo(sizes);
        return Shape.Create(sizes);
    }

    /// <summary>The shape after the reduction; reduced axes are 1 or dropped.</summary>
    public static Shape Result(Shape shape, bool[] reduced, bool keepDimensions)
    {
        List<int> sizes = [];
        for (int axis = 0; axis < shape.Rank; axis++)
        {
            if (!reduced[axis])
            {
                sizes.Add(shape[axis]);
            }
            else if (keepDimensions)
            {
                sizes.Add(1);
            }
        }
        return Shape.Create(sizes.ToArray());
    }

    /// <summary>The passes; axes of size 1 never make one of their own.</summary>
    public static List<(int Outer, int Reduced, int Inner)> Passes(Shape shape, bool[] reduced)
    {
        List<(int Size, bool Reduced)> runs = [];
        for (int axis = 0; axis < shape.Rank; axis++)
        {
            if (shape[axis] == 1)
            {
                continue;
            }
            if (runs.Count > 0 && runs[^1].Reduced == reduced[axis])
            {
                runs[^1] = (runs[^1].Size * shape[axis], reduced[axis]);
            }
            else
            {
                runs.Add((shape[axis], reduced[axis]));
            }
        }
        List<(int, int, int)> passes = [];
        int inner = 1;
        for (int i = runs.Count - 1; i >= 0; i--)
        {
            if (!runs[i].Reduced)
            {
                inner *= runs[i].Size;
                continue;
            }
            int outer = 1;
            for (int j = 0; j < i; j++)
            {
                outer *= runs[j].Size;
            }
            passes.Add((outer, runs[i].Size, inner));
        }
        return passes;
    }
}
