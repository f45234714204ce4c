namespace Pyrite.Runs;

/// <summary>What happened in a run, in order, with the numbers that gradients need.</summary>
internal sealed class RunRecord
{
    private double[] data = new double[1024];
    private int used;

    /// <summary>What happened.</summary>
    public List<RunEntry> Entries { get; } = [];

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        used = 0;
        Entries.Clear();
    }

    /// <summary>The numbers of an entry.</summary>
    public ReadOnlySpan<double> Numbers(in RunEntry entry, int count) => data.AsSpan(entry.Data, count);

    /// <summary>Notes something.</summary>
    /// <param name="kind">What happened.</param>
    /// <param name="index">Which step, output or event.</param>
    /// <param name="time">When.</param>
    /// <param name="length">See <see cref="RunEntry"/>.</param>
    /// <param name="first">Its numbers.</param>
    /// <param name="second">More of its numbers.</param>
    public void Add(EntryKind kind, int index, double time, double length, ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        int start = used;
        used += first.Length + second.Length;
        if (used > data.Length)
        {
            Array.Resize(ref data, Math.Max(used, 2 * data.Length));
        }
        first.CopyTo(data.AsSpan(start));
        second.CopyTo(data.AsSpan(start + first.Length));
        Entries.Add(new RunEntry(kind, index, time, length, start));
    }
}
