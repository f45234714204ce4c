namespace Pyrite.Programs.Compiled;

/// <summary>Which sources must be there for what is read.</summary>
internal static class Liveness
{
    /// <summary>The sources that are read, and all that they need.</summary>
    /// <param name="read">What somebody reads.</param>
    /// <param name="needsOf">The sources that a source is computed from; none where it is there.</param>
    public static HashSet<int> Of(IEnumerable<int> read, Func<int, IEnumerable<int>> needsOf)
    {
        HashSet<int> needed = [];
        Stack<int> open = new(read);
        while (open.TryPop(out int source))
        {
            if (needed.Add(source))
            {
                foreach (int need in needsOf(source))
                {
                    open.Push(need);
                }
            }
        }
        return needed;
    }
}
