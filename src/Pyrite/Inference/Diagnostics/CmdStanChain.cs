using System.Globalization;
using System.Text;

namespace Pyrite.Diagnostics;

/// <summary>One CmdStan file: a header and rows of numbers.</summary>
internal sealed class CmdStanChain
{
    private readonly string file;
    private int warmup;
    private int thin = 1;
    private bool savesWarmup;

    private CmdStanChain(string file) => this.file = file;

    public string[] Header { get; private set; } = [];

    /// <summary>All numbers of the draws, row after row.</summary>
    public List<double> Numbers { get; } = [];

    public int Rows => Header.Length == 0 ? 0 : Numbers.Count / Header.Length;

    /// <summary>Reads a file, which nobody has checked.</summary>
    /// <exception cref="InvalidDataException">It is not as CmdStan writes it, or too large.</exception>
    public static CmdStanChain Read(string file, Stream stream, CmdStanLimits limits, long mostNumbers)
    {
        CmdStanChain chain = ReadLines(file, stream, limits, mostNumbers, wholeLinesOnly: false);
        chain.DropWarmup();
        return chain;
    }

    /// <summary>Reads a file that is being written, or whose writer was killed: a last line without its end is left out, and there may be no draws or no header yet.</summary>
    /// <exception cref="InvalidDataException">It is not as CmdStan writes it, or too large.</exception>
    public static CmdStanChain ReadWritten(string file, Stream stream, CmdStanLimits limits, long mostNumbers) => ReadLines(file, stream, limits, mostNumbers, wholeLinesOnly: true);

    /// <summary>Leaves only the first rows.</summary>
    public void Cut(int rows) => Numbers.RemoveRange(rows * Header.Length, Numbers.Count - (rows * Header.Length));

    private static CmdStanChain ReadLines(string file, Stream stream, CmdStanLimits limits, long mostNumbers, bool wholeLinesOnly)
    {
        CmdStanChain chain = new(file);
        BoundedLineReader lines = new(file, stream, limits.LineBytes);
        while (lines.TryRead(out ReadOnlySpan<byte> line))
        {
            if (line.Length == 0 || (wholeLinesOnly && !lines.IsWhole))
            {
                continue;
            }
            if (line[0] == '#')
            {
                chain.ReadComment(line);
            }
            else if (chain.Header.Length == 0)
            {
                chain.ReadHeader(line, limits.Columns);
            }
            else
            {
                chain.ReadRow(line, lines.LineNumber, mostNumbers);
            }
        }
        return chain;
    }

    /// <summary>Refuses a chain of another run.</summary>
    public void RequireLike(CmdStanChain first)
    {
        if (!Header.AsSpan().SequenceEqual(first.Header))
        {
            throw new InvalidDataException($"{file} has other columns than {first.file}. Read files of one model together.");
        }
        if (Rows != first.Rows)
        {
            throw new InvalidDataException($"{file} has {Rows} draws, {first.file} has {first.Rows}. Chains must be equally long; a run that was cut off has a shorter file.");
        }
    }

    private void ReadComment(ReadOnlySpan<byte> line)
    {
        if (Setting(line, "num_warmup"u8) is { } transitions)
        {
            warmup = transitions;
        }
        else if (Setting(line, "thin"u8) is { } every)
        {
            thin = Math.Max(1, every);
        }
        else if (Setting(line, "save_warmup"u8) is { } saved)
        {
            savesWarmup = saved != 0;
        }
    }

    private static int? Setting(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name)
    {
        ReadOnlySpan<byte> text = line[1..].Trim((byte)' ');
        if (!text.StartsWith(name))
        {
            return null;
        }
        text = text[name.Length..].TrimStart((byte)' ');
        if (text.IsEmpty || text[0] != '=')
        {
            return null;
        }
        text = text[1..].TrimStart((byte)' ');
        int end = text.IndexOf((byte)' ');
        text = end < 0 ? text : text[..end];
        return text.SequenceEqual("true"u8) ? 1 : text.SequenceEqual("false"u8) ? 0
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : null;
    }

    private void ReadHeader(ReadOnlySpan<byte> line, int mostColumns)
    {
        int columns = line.Count((byte)',') + 1;
        if (columns > mostColumns)
        {
            throw new InvalidDataException($"{file} has {columns} columns, more than {mostColumns}. Raise CmdStanLimits.Columns if the file is right.");
        }
        Header = Encoding.UTF8.GetString(line).Split(',', StringSplitOptions.TrimEntries);
        HashSet<string> seen = [];
        foreach (string name in Header)
        {
            if (name.Length == 0 || name.Contains('"') || !seen.Add(name))
            {
                throw new InvalidDataException($"{file}: the header names a column \"{name}\", which is empty, quoted or there twice. Expected names as lp__ or theta.1, divided by commas.");
            }
        }
    }

    private void ReadRow(ReadOnlySpan<byte> line, int number, long mostNumbers)
    {
        if (Numbers.Count + (long)Header.Length > mostNumbers)
        {
            throw new InvalidDataException($"{file} goes beyond the limit of numbers in line {number}. Raise CmdStanLimits.Numbers if the files are right.");
        }
        int field = 0;
        while (true)
        {
            int comma = line.IndexOf((byte)',');
            ReadOnlySpan<byte> text = (comma < 0 ? line : line[..comma]).Trim((byte)' ');
            if (field == Header.Length || !TryParse(text, out double value))
            {
                throw new InvalidDataException(field == Header.Length
                    ? $"{file}, line {number} has more than the {Header.Length} fields of the header."
                    : $"{file}, line {number}, column \"{Header[field]}\": \"{Excerpt(text)}\" is no number.");
            }
            Numbers.Add(value);
            field++;
            if (comma < 0)
            {
                break;
            }
            line = line[(comma + 1)..];
        }
        if (field < Header.Length)
        {
            throw new InvalidDataException($"{file}, line {number} has {field} fields, the header {Header.Length}. The file may have been cut off: remove the line, or sample again.");
        }
    }

    private static bool TryParse(ReadOnlySpan<byte> text, out double value)
    {
        value = text.SequenceEqual("inf"u8) || text.SequenceEqual("+inf"u8) ? double.PositiveInfinity : text.SequenceEqual("-inf"u8) ? double.NegativeInfinity : 0;
        return value != 0 || double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    private static string Excerpt(ReadOnlySpan<byte> text) => Encoding.UTF8.GetString(text[..Math.Min(40, text.Length)]);

    private void DropWarmup()
    {
        if (Header.Length == 0)
        {
            throw new InvalidDataException($"{file} has no header. Expected a CSV file as CmdStan writes it.");
        }
        long rows = savesWarmup ? (warmup + (long)thin - 1) / thin : 0;
        if (rows >= Rows)
        {
            throw new InvalidDataException($"{file} has {Rows} rows, of which {rows} are warm-up: there are no draws.");
        }
        Numbers.RemoveRange(0, (int)rows * Header.Length);
    }
}
