namespace Pyrite.Programs;

/// <summary>How many operations a step may have to be recorded.</summary>
internal static class StepLength
{
    /// <summary>An operation takes about two kilobytes in record and plan.</summary>
    public const int Most = 2_000_000;

    private static int hasTold;

    /// <summary>Says once that a longer one runs without a record.</summary>
    public static void Tell()
    {
        if (Interlocked.Exchange(ref hasTold, 1) == 0)
        {
            Console.Error.WriteLine(
                "Pyrite: a step or density has more than two million operations. It goes on without a record, operation by operation, which is "
                    + "right, but slow in every step or gradient again. Write loops over time with Scan.Run, or Scan.Over in a model: they are one "
                    + "operation, whatever the number of rounds.");
        }
    }
}
