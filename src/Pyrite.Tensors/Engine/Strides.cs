namespace Pyrite.Engine;

/// <summary>Steps, in elements, between neighbours along each axis of a row-major tensor.</summary>
internal static class Strides
{
    /// <summary>The row-major strides of a shape.</summary>
    public static int[] Of(Shape shape)
    {
        int[] strides = new int[shape.Rank];
        Fill(shape.Sizes, strides);
        return strides;
    }

    /// <summary>Writes the row-major strides of a shape.</summary>
    public static void Fill(ReadOnlySpan<int> sizes, Span<int> strides)
    {
        int step = 1;
        for (int axis = sizes.Length - 1; axis >= 0; axis--)
        {
            strides[axis] = step;
            step *= sizes[axis];
        }
    }
}
