namespace Pyrite.Conversion;

/// <summary>A Parquet file's description of itself, reduced to what a table needs and known to be well-formed.</summary>
/// <remarks>Parquet.Net believes what it reads: a text longer than what is left, or a field of another type than its number promises, can make it
/// go on without end. Here each field is read by the compact protocol of Apache Thrift; those of <see cref="ParquetLayout"/> are written anew,
/// and all others (most statistics, notes, what later versions of the format add) are left out.</remarks>
internal ref struct ParquetFooter
{
    private const int DeepestNesting = 16;

    private readonly ReadOnlySpan<byte> bytes;
    private readonly MemoryStream result;
    private int at;

    private ParquetFooter(ReadOnlySpan<byte> bytes, MemoryStream result)
    {
        this.bytes = bytes;
        this.result = result;
    }

    /// <summary>Writes the description anew.</summary>
    /// <param name="bytes">The description as the file has it.</param>
    /// <returns>One that says the same of what a table needs, at most four times as long.</returns>
    /// <exception cref="InvalidDataException">It is broken.</exception>
    public static byte[] Rewrite(ReadOnlySpan<byte> bytes)
    {
        using MemoryStream result = new();
        ParquetFooter footer = new(bytes, result);
        footer.CopyStructure(ParquetLayout.File.Inner!, 0);
        return result.ToArray();
    }

    private void CopyStructure(IReadOnlyDictionary<int, ThriftField> fields, int depth)
    {
        int id = 0;
        while (NextField(ref id, out ThriftType type))
        {
            bool isTruth = type is ThriftType.True or ThriftType.False;
            if (!fields.TryGetValue(id, out ThriftField? field))
            {
                Skip(type, depth, inList: false);
            }
            else if (field.Type != (isTruth ? ThriftType.True : type))
            {
                throw Broken($"field {id} of another type");
            }
            else
            {
                // The long form of a field's head names its number and not how far it is from the last one, which may have been left out.
                result.WriteByte((byte)type);
                WriteNumber((ulong)(id << 1));
                CopyValue(field, depth);
            }
        }
        result.WriteByte(0);
    }

    private void CopyValue(ThriftField field, int depth)
    {
        switch (field.Type)
        {
            case ThriftType.True:
                break;
            case ThriftType.Struct:
                RequireDepth(depth);
                CopyStructure(field.Inner!, depth + 1);
                break;
            case ThriftType.List:
                int count = ReadListHead(out ThriftType of);
                if (of != field.Of && count > 0)
                {
                    throw Broken("a list of another type");
                }
                result.WriteByte((byte)(0xF0 | (int)field.Of));
                WriteNumber((ulong)count);
                ThriftField element = new(field.Of, field.Inner);
                for (int i = 0; i < count; i++)
                {
                    CopyValue(element, depth);
                }
                break;
            default:
                int start = at;
                Skip(field.Type, depth, inList: false);
                result.Write(bytes[start..at]);
                break;
        }
    }

    private void Skip(ThriftType type, int depth, bool inList)
    {
        switch (type)
        {
            case ThriftType.True or ThriftType.False:
                Take(inList ? 1 : 0);
                break;
            case ThriftType.Int8:
                Take(1);
                break;
            case ThriftType.Int16 or ThriftType.Int32:
                ReadNumber(5);
                break;
            case ThriftType.Int64:
                ReadNumber(10);
                break;
            case ThriftType.Double:
                Take(8);
                break;
            case ThriftType.Binary:
                Take(ReadLength());
                break;
            case ThriftType.List or ThriftType.Set:
                RequireDepth(depth);
                int count = ReadListHead(out ThriftType of);
                for (int i = 0; i < count; i++)
                {
                    Skip(of, depth + 1, inList: true);
                }
                break;
            case ThriftType.Struct:
                RequireDepth(depth);
                int id = 0;
                while (NextField(ref id, out ThriftType inner))
                {
                    Skip(inner, depth + 1, inList: false);
                }
                break;
            default:
                throw Broken($"a value of type {(int)type}");
        }
    }

    private bool NextField(ref int id, out ThriftType type)
    {
        byte head = Take(1)[0];
        type = (ThriftType)(head & 0x0F);
        int step = head >> 4;
        if (type != 0)
        {
            ulong zigzag = step == 0 ? ReadNumber(3) : 0;
            id = step == 0 ? (int)(zigzag >> 1) ^ -(int)(zigzag & 1) : id + step;
            if (id is < 1 or > short.MaxValue)
            {
                throw Broken($"a field of number {id}");
            }
        }
        return type != 0;
    }

    private int ReadListHead(out ThriftType of)
    {
        byte head = Take(1)[0];
        of = (ThriftType)(head & 0x0F);
        return head >> 4 == 15 ? ReadLength() : head >> 4;
    }

    /// <summary>A length in bytes or in elements, of which each takes a byte or more.</summary>
    private int ReadLength()
    {
        ulong length = ReadNumber(5);
        int left = bytes.Length - at;
        return length <= (ulong)left ? (int)length : throw Broken($"a length of {length:N0} where {left:N0} bytes are left");
    }

    private ulong ReadNumber(int mostBytes)
    {
        ulong number = 0;
        for (int i = 0; i < mostBytes; i++)
        {
            byte next = Take(1)[0];
            number |= (ulong)(next & 0x7F) << (7 * i);
            if (next < 0x80)
            {
                return number;
            }
        }
        throw Broken("a number of too many bytes");
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > bytes.Length - at)
        {
            throw Broken("an early end");
        }
        at += count;
        return bytes.Slice(at - count, count);
    }

    private readonly void WriteNumber(ulong number)
    {
        for (; number >= 0x80; number >>= 7)
        {
            result.WriteByte((byte)(number | 0x80));
        }
        result.WriteByte((byte)number);
    }

    private readonly void RequireDepth(int depth)
    {
        if (depth >= DeepestNesting)
        {
            throw Broken("structures nested too deep");
        }
    }

    private readonly InvalidDataException Broken(string found) => new($"the description of its columns is broken at byte {at:N0}: {found}");
}
