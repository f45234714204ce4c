namespace Pyrite.Tables;

/// <summary>Values that come one by one, in blocks: never copied while they grow.</summary>
internal sealed class GrowingArray<T>
{
    private const int BlockLength = 1 << 14;

    private readonly List<T[]> blocks = [];
    private T[] last = [];
    private int used;

    /// <summary>Adds a value.</summary>
    public void Add(T value)
    {
        if (used == last.Length)
        {
            last = new T[BlockLength];
            blocks.Add(last);
            used = 0;
        }
        last[used++] = value;
    }

    /// <summary>All values, each through a function; the blocks are forgotten on the way.</summary>
    public TOther[] ToArray<TOther>(Func<T, TOther> convert)
    {
        TOther[] all = new TOther[Math.Max(blocks.Count - 1, 0) * BlockLength + used];
        int next = 0;
        for (int i = 0; i < blocks.Count; i++)
        {
            foreach (T value in blocks[i].AsSpan(0, Math.Min(BlockLength, all.Length - next)))
            {
                all[next++] = convert(value);
            }
            blocks[i] = [];
        }
        blocks.Clear();
        return all;
    }
}
