namespace Pyrite.Inference.Exchange;

/// <summary>The lines of a stream as bytes, none longer than a limit.</summary>
internal sealed class BoundedLineReader(string file, Stream stream, int longest)
{
    private byte[] buffer = new byte[Math.Min(1 << 16, longest + 1)];
    private int start;
    private int end;
    private bool atEnd;

    /// <summary>The number of the line read last, from 1.</summary>
    public int LineNumber { get; private set; }

    /// <summary>Whether the line read last ended as lines do; false for a last line that may have been cut off.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>Reads a line without its end; false after the last one.</summary>
    /// <exception cref="InvalidDataException">The line is longer than the limit.</exception>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        int searched = 0;
        while (true)
        {
            int found = buffer.AsSpan(start + searched, end - start - searched).IndexOf((byte)'\n');
            if (found >= 0 || (atEnd && end > start))
            {
                int length = found >= 0 ? searched + found : end - start;
                line = buffer.AsSpan(start, length);
                start = Math.Min(end, start + length + 1);
                LineNumber++;
                IsWhole = found >= 0;
                line = line.Length > 0 && line[^1] == '\r' ? line[..^1] : line;
                return true;
            }
            if (atEnd)
            {
                line = default;
                return false;
            }
            searched = end - start;
            Fill();
        }
    }

    private void Fill()
    {
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
        }
        if (end == buffer.Length)
        {
            if (buffer.Length > longest)
            {
                throw new InvalidDataException(
                    $"{file}, line {LineNumber + 1} is longer than {longest} bytes. Raise CmdStanLimits.LineBytes if the file is right.");
            }
            Array.Resize(ref buffer, (int)Math.Min((long)longest + 1, 2L * buffer.Length));
        }
        int read = stream.Read(buffer, end, buffer.Length - end);
        atEnd = read == 0;
        end += read;
    }
}
