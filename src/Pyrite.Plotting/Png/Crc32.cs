namespace Pyrite.Plotting.Png;

/// <summary>The checksum at the end of every PNG chunk (ISO 3309; PNG specification, annex D).</summary>
internal static class Crc32
{
    private static readonly uint[] Table = BuildTable();

    /// <summary>The checksum of two pieces, one after the other.</summary>
    public static uint Compute(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second) =>
        Continue(Continue(0xFFFFFFFF, first), second) ^ 0xFFFFFFFF;

    private static uint Continue(uint state, ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes)
        {
            state = Table[(byte)(state ^ value)] ^ (state >> 8);
        }

        return state;
    }

    private static uint[] BuildTable()
    {
        uint[] table = new uint[256];
        for (uint i = 0; i < 256; i++)
        {
            uint entry = i;
            for (int bit = 0; bit < 8; bit++)
            {
                entry = (entry & 1) == 0 ? entry >> 1 : 0xEDB88320 ^ (entry >> 1);
            }

            table[i] = entry;
        }

        return table;
    }
}
