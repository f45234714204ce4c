namespace Pyrite.Language.Sites;

/// <summary>Batch shapes as plates want them.</summary>
internal static class PlateShape
{
    /// <summary>A batch shape in which dimensions of size 1 at a plate's place have the plate's size.</summary>
    public static Shape Extend(Shape batch, IReadOnlyList<PlateFrame> plates)
    {
        Shape target = batch;
        for (int i = 0; i < plates.Count; i++)
        {
            PlateFrame plate = plates[i];
            if (!plate.IsVectorized)
            {
                continue;
            }
            if (target.Rank < -plate.Dimension)
            {
                target = Ones(-plate.Dimension - target.Rank) + target;
            }
            if (target[plate.Dimension] == 1 && plate.SubsampleSize != 1)
            {
                target = target.Replace(plate.Dimension, plate.SubsampleSize);
            }
        }
        return target;
    }

    /// <summary>The shape that plates allow: their sizes at their dimensions, 1 in between.</summary>
    public static Shape Allowed(IReadOnlyList<PlateFrame> plates) => Extend(Shape.Scalar, plates);

    /// <summary>The plate at a dimension, if one is there.</summary>
    public static PlateFrame? At(IReadOnlyList<PlateFrame> plates, int dimension)
    {
        for (int i = 0; i < plates.Count; i++)
        {
            if (plates[i].IsVectorized && plates[i].Dimension == dimension)
            {
                return plates[i];
            }
        }
        return null;
    }

    /// <summary>The common shape, or null where the shapes do not broadcast.</summary>
    public static Shape? TryBroadcast(Shape a, Shape b)
    {
        int rank = Math.Max(a.Rank, b.Rank);
        int[] sizes = new int[rank];
        for (int i = 1; i <= rank; i++)
        {
            int sizeA = i <= a.Rank ? a[-i] : 1;
            int sizeB = i <= b.Rank ? b[-i] : 1;
            if (sizeA != sizeB && sizeA != 1 && sizeB != 1)
            {
                return null;
            }
            sizes[^i] = sizeA == 1 ? sizeB : sizeA;
        }
        return Shape.Create(sizes);
    }

    /// <summary>Plates for a message: <c>"rows" (size 3 at dimension -1)</c>.</summary>
    public static string Describe(IReadOnlyList<PlateFrame> plates) => plates.Count == 0
        ? "no plates"
        : string.Join(" and ", plates.Select(p => p.IsVectorized
            ? $"plate \"{p.Name}\" ({p.SubsampleSize}{(p.SubsampleSize == p.Size ? "" : $" of {p.Size}")} at dimension {p.Dimension})"
            : $"sequential plate \"{p.Name}\" (round {p.Index})"));

    private static Shape Ones(int count)
    {
        int[] ones = new int[count];
        Array.Fill(ones, 1);
        return Shape.Create(ones);
    }
}
