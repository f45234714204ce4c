namespace Pyrite.Benchmarks.Harness;

/// <summary>What steps allocate on this thread.</summary>
internal static class Allocations
{
    /// <summary>Bytes of each of some steps, run one after the other.</summary>
    public static double[] Of(Func<double> step, int steps)
    {
        double[] bytes = new double[steps];
        for (int i = 0; i < steps; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            step();
            bytes[i] = GC.GetAllocatedBytesForCurrentThread() - before;
        }
        return bytes;
    }
}
