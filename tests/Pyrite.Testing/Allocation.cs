namespace Pyrite;

/// <summary>What code allocates in its steady state.</summary>
public static class Allocation
{
    /// <summary>
    /// The bytes that the current thread allocates in <paramref name="slice"/>, the least of seven runs: the runtime allocates once where it
    /// replaces code that has become hot, at a moment of its own, and a single run that meets such a moment would count it.
    /// </summary>
    /// <param name="slice">What is run. What it allocates every time is counted every time.</param>
    /// <returns>Bytes, zero or more.</returns>
    public static long Least(Action slice)
    {
        long least = long.MaxValue;
        for (int run = 0; run < 7; run++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            slice();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        return least;
    }
}
