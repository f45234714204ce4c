namespace Pyrite.Engine;

/// <summary>Several walks along the axes of one tensor, the last one fastest.</summary>
internal static class AxisWalks
{
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
