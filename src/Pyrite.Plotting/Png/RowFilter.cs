namespace Pyrite.Plotting.Png;

/// <summary>The five row filters of PNG (specification, section 9): none, sub, up, average, Paeth.</summary>
internal static class RowFilter
{
    public const int Count = 5;

    /// <summary>Writes the row as differences from what its neighbours predict.</summary>
    /// <param name="filter">0 to 4.</param>
    /// <param name="row">The bytes of the row.</param>
    /// <param name="above">The row above; zeros for the first one.</param>
    /// <param name="pixelBytes">Bytes from a pixel to its left neighbour.</param>
    /// <param name="result">Takes the differences.</param>
    public static void Apply(int filter, ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, int pixelBytes, Span<byte> result)
    {
        above = above[..row.Length];
        result = result[..row.Length];
        for (int i = 0; i < pixelBytes; i++)
        {
            result[i] = (byte)(row[i] - Predict(filter, 0, above[i], 0));
        }

        ReadOnlySpan<byte> left = row[..^pixelBytes], aboveLeft = above[..^pixelBytes];
        row = row[pixelBytes..];
        above = above[pixelBytes..];
        result = result[pixelBytes..];
        for (int i = 0; i < left.Length; i++)
        {
            result[i] = (byte)(row[i] - Predict(filter, left[i], above[i], aboveLeft[i]));
        }
    }

    /// <summary>Turns differences back into the row, in place.</summary>
    public static void Undo(int filter, Span<byte> row, ReadOnlySpan<byte> above, int pixelBytes)
    {
        for (int i = 0; i < row.Length; i++)
        {
            byte left = i < pixelBytes ? (byte)0 : row[i - pixelBytes];
            byte aboveLeft = i < pixelBytes ? (byte)0 : above[i - pixelBytes];
            row[i] = (byte)(row[i] + Predict(filter, left, above[i], aboveLeft));
        }
    }

    private static byte Predict(int filter, byte left, byte above, byte aboveLeft) => filter switch
    {
        1 => left,
        2 => above,
        3 => (byte)((left + above) / 2),
        4 => Paeth(left, above, aboveLeft),
        _ => 0,
    };

    private static byte Paeth(int left, int above, int aboveLeft)
    {
        int guess = left + above - aboveLeft;
        int toLeft = Math.Abs(guess - left), toAbove = Math.Abs(guess - above), toAboveLeft = Math.Abs(guess - aboveLeft);
        if (toLeft <= toAbove && toLeft <= toAboveLeft)
        {
            return (byte)left;
        }

        return (byte)(toAbove <= toAboveLeft ? above : aboveLeft);
    }
}
