using System.Text;
using Pyrite.Text;

namespace Pyrite.Serialization;

/// <summary>Reads the Python dictionary of an NPY header and refuses whatever the format does not need; nothing is evaluated.</summary>
internal ref struct NpyHeaderReader(string what, ReadOnlySpan<byte> text)
{
    private const int HighestRank = 64;
    private const int LongestString = 64;
    private const int MostDigits = 10;

    private readonly ReadOnlySpan<byte> text = text;
    private int position;

    /// <summary>The header, checked against the number of bytes that follow it.</summary>
    public NpyHeader Read(long dataBytes)
    {
        NpyType? type = null;
        bool? isFortranOrder = null;
        int[]? sizes = null;
        Expect('{', "the header");
        while (!Skip('}'))
        {
            string key = ReadString("a key");
            Expect(':', $"'{key}'");
            switch (key)
            {
                case "descr" when type is null:
                    type = ReadType();
                    break;
                case "fortran_order" when isFortranOrder is null:
                    isFortranOrder = ReadBoolean();
                    break;
                case "shape" when sizes is null:
                    sizes = ReadSizes();
                    break;
                default:
                    throw Fault(
                        key is "descr" or "fortran_order" or "shape"
                            ? $"'{key}' appears twice"
                            : $"unknown key '{key}'; expected 'descr', 'fortran_order' and 'shape'");
            }
            if (!Skip(','))
            {
                Expect('}', "the header");
                break;
            }
        }
        if (Next() is { } rest)
        {
            throw Fault($"{Show(rest)} follows the closing brace of the header");
        }
        if (type is null || isFortranOrder is null || sizes is null)
        {
            throw Fault($"'{(type is null ? "descr" : isFortranOrder is null ? "fortran_order" : "shape")}' is missing from the header");
        }
        CheckBytes(type, sizes, dataBytes);
        return new NpyHeader(type, isFortranOrder.Value, Shape.Create(sizes));
    }

    private readonly void CheckBytes(NpyType type, int[] sizes, long dataBytes)
    {
        UInt128 limit = (UInt128)type.Stored.ByteSize, bytes = limit;
        foreach (int size in sizes)
        {
            limit *= (UInt128)Math.Max(size, 1);
            bytes *= (UInt128)size;
            if (limit > long.MaxValue)
            {
                throw Fault($"shape ({NumberList.Text(sizes)}) has more bytes than 64 bits can count");
            }
        }
        if (bytes != (UInt128)dataBytes)
        {
            throw Fault(
                $"'{type.Code}' elements of shape ({NumberList.Text(sizes)}) need {bytes} bytes; {dataBytes} follow the "
                    + $"header. {(bytes > (UInt128)dataBytes ? "It was cut short" : "Something was appended")}");
        }
    }

    private NpyType ReadType()
    {
        if (Next() is '[' or '(')
        {
            throw Fault("'descr' describes records; structured arrays cannot be loaded. Save each field as an array of its own");
        }
        string description = ReadString("'descr'");
        return NpyType.Find(description) ?? throw Fault(description.TrimStart('<', '>', '|', '=').StartsWith('O')
            ? $"element type '{description}' means Python objects, which are stored as a pickle; loading one would run code from the file, so it is "
                + "refused. Save the array as numbers"
            : $"element type '{description}' cannot be loaded; supported are {NpyType.Codes} after '<' or '>', or '|' where they have one byte");
    }

    private bool ReadBoolean()
    {
        _ = Next();
        foreach ((string word, bool value) in (ReadOnlySpan<(string, bool)>)[("True", true), ("False", false)])
        {
            if (text.Length - position >= word.Length && Ascii.Equals(text.Slice(position, word.Length), word))
            {
                position += word.Length;
                return value;
            }
        }
        throw Fault($"'fortran_order' must be True or False; found {Show(Next())}");
    }

    private int[] ReadSizes()
    {
        List<int> sizes = [];
        Expect('(', "'shape'");
        while (!Skip(')'))
        {
            if (sizes.Count == HighestRank)
            {
                throw Fault($"'shape' has more than {HighestRank} entries");
            }
            sizes.Add(ReadSize(sizes.Count));
            if (!Skip(','))
            {
                Expect(')', "'shape'");
                return sizes.Count > 1 ? [.. sizes] : throw Fault($"'shape' must be a tuple, and a tuple of one entry needs a comma: ({sizes[0]},)");
            }
        }
        return [.. sizes];
    }

    private int ReadSize(int entry)
    {
        char? first = Next();
        int start = position;
        long size = 0;
        while (position < text.Length && text[position] is >= (byte)'0' and <= (byte)'9' && position - start <= MostDigits)
        {
            size = (10 * size) + text[position++] - '0';
        }
        if (position == start || size > int.MaxValue)
        {
            throw Fault(
                $"'shape': entry {entry} must be an integer from 0 to {int.MaxValue}; "
                    + $"found {(position == start ? Show(first) : Encoding.ASCII.GetString(text[start..position]))}");
        }
        if (position < text.Length && text[position] == 'L')        // a long integer of Python 2
        {
            position++;
        }
        return (int)size;
    }

    private string ReadString(string where)
    {
        char? quote = Next();
        if (quote is not ('\'' or '"'))
        {
            throw Fault($"{where} must be a string; found {Show(quote)}");
        }
        int start = ++position;
        while (position < text.Length && text[position] != quote && text[position] is >= (byte)' ' and < 0x7F and not (byte)'\\'
            && position - start < LongestString)
        {
            position++;
        }
        if (position == text.Length || text[position] != quote)
        {
            throw Fault($"{where} must be a string of at most {LongestString} printable ASCII characters without escapes, in quotes");
        }
        return Encoding.ASCII.GetString(text[start..position++]);
    }

    private void Expect(char expected, string where)
    {
        if (!Skip(expected))
        {
            throw Fault($"{where}: expected '{expected}', found {Show(Next())}");
        }
    }

    private bool Skip(char expected)
    {
        bool found = Next() == expected;
        position += found ? 1 : 0;
        return found;
    }

    /// <summary>The next character that is no blank, or null at the end.</summary>
    private char? Next()
    {
        while (position < text.Length && text[position] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            position++;
        }
        return position < text.Length ? (char)text[position] : null;
    }

    private static string Show(char? found) => found switch
    {
        null => "the end of the header",
        >= ' ' and < '\x7F' => $"'{found}'",
        _ => $"byte {(int)found}",
    };

    private readonly InvalidDataException Fault(string finding) => new($"Reading {what}: {finding}.");
}
