namespace Pyrite.Engine;

/// <summary>Several walks along the axes of one tensor, the last one fastest.</summary>
internal static class AxisWalks
{
    /// <summary>A hash of a name and of walks: a step may have thousands of copies that differ in where they begin alone.</summary>
    public static int HashOf(string name, ReadOnlySpan<AxisWalk> walks)
    {
        HashCode hash = default;
        hash.Add(name);
        foreach (AxisWalk walk in walks)
        {
            hash.Add(walk);
        }
        return hash.ToHashCode();
    }

    /// <summary>The walks that repeat axes of size 1, and add axes in front, up to a larger shape.</summary>
    public static AxisWalk[] Broadcast(Shape own, Shape target)
    {
        AxisWalk[] walks = new AxisWalk[target.Rank];
        for (int axis = 0; axis < walks.Length; axis++)
        {
            int source = axis - (target.Rank - own.Rank);
            bool repeats = source < 0 || (own[source] == 1 && target[axis] != 1);
            walks[axis] = new AxisWalk(source, 0, repeats ? 0 : 1, target[axis]);
        }
        return walks;
    }

    /// <summary>The elements that the walks pass, by their place in the tensor.</summary>
    public static List<int> Places(ReadOnlySpan<AxisWalk> walks, Shape shape)
    {
        int[] strides = Strides.Of(shape);
        List<int> places = [0];
        foreach (AxisWalk walk in walks)
        {
            int stride = walk.Source < 0 ? 0 : strides[walk.Source];
            List<int> next = new(places.Count * walk.Count);
            foreach (int place in places)
            {
                for (int i = 0; i < walk.Count; i++)
                {
                    next.Add(place + ((walk.Start + (i * walk.Step)) * stride));
                }
            }
            places = next;
        }
        return places;
    }
}
