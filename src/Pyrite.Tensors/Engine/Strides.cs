namespace Pyrite.Engine;

/// <summary>Steps, in elements, between neighbours along each axis of a row-major tensor.</summary>
internal static class Strides
{
    /// <summary>The row-major strides of a shape.</summary>
    public static int[] Of(Shape shape)
    {
        int[] strides = new int[shape.Rank];
        int step = 1;
        for (int axis = shape.Rank - 1; axis >= 0; axis--)
        {
            strides[axis] = step;
            step *= shape.Sizes[axis];
        }
        return strides;
    }
}
