using System.Buffers.Binary;

namespace Pyrite.Conversion;

/// <summary>A Parquet file as Parquet.Net may read it: with a description that is known to be well-formed, an end that is told by an exception, and
/// an end to reading it again and again.</summary>
internal sealed class ParquetStream : Stream
{
    // The description's length and the mark "PAR1" end a file; the mark begins it too.
    private const int MarkBytes = 4;
    private const int EndBytes = 8;

    // Reading a file that is sound takes each of its bytes at most twice, for a page's head and its content may overlap by a buffer.
    private const int MostReadings = 16;

    private readonly FileStream file;
    private readonly byte[] end;
    private readonly long bodyBytes;
    private long position;
    private long budget;

    /// <summary>Opens a file and reads its description.</summary>
    /// <exception cref="InvalidDataException">It is no Parquet file, or its description is broken.</exception>
    public ParquetStream(string path)
    {
        file = File.OpenRead(path);
        try
        {
            Span<byte> last = stackalloc byte[EndBytes];
            if (file.Length < MarkBytes + EndBytes)
            {
                throw new InvalidDataException($"it has {file.Length} bytes");
            }
            file.Position = file.Length - EndBytes;
            file.ReadExactly(last);
            int length = BinaryPrimitives.ReadInt32LittleEndian(last);
            if (!last[MarkBytes..].SequenceEqual("PAR1"u8) || length < 0 || length > file.Length - MarkBytes - EndBytes)
            {
                throw new InvalidDataException("its end is none of a Parquet file that is not encrypted");
            }
            bodyBytes = file.Length - EndBytes - length;
            file.Position = bodyBytes;
            byte[] footer = new byte[length];
            file.ReadExactly(footer);
            footer = ParquetFooter.Rewrite(footer);
            end = [.. footer, .. last];
            BinaryPrimitives.WriteInt32LittleEndian(end.AsSpan(footer.Length), footer.Length);
            budget = MostReadings * (file.Length + end.Length);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => bodyBytes + end.Length;

    public override long Position
    {
        get => position;
        set => position = value >= 0 ? value : throw new InvalidDataException("a place before its beginning");
    }

    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty)
        {
            return 0;
        }
        if (position >= Length)
        {
            throw new EndOfStreamException("it ends too early");
        }
        int read;
        if (position < bodyBytes)
        {
            file.Position = position;
            read = file.Read(buffer[..(int)Math.Min(buffer.Length, bodyBytes - position)]);
        }
        else
        {
            ReadOnlySpan<byte> left = end.AsSpan((int)(position - bodyBytes));
            read = Math.Min(buffer.Length, left.Length);
            left[..read].CopyTo(buffer);
        }
        position += read;
        budget -= read;
        return read > 0 && budget >= 0 ? read : throw new InvalidDataException("its pages lead in circles");
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        Task.FromResult(Read(buffer, offset, count));

    public override long Seek(long offset, SeekOrigin origin) => Position = offset + origin switch
    {
        SeekOrigin.Begin => 0,
        SeekOrigin.Current => position,
        _ => Length,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            file.Dispose();
        }
        base.Dispose(disposing);
    }
}
