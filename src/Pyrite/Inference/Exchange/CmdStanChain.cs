namespace Pyrite.Inference.Exchange;

/// <summary>One CmdStan file: comments, a header and rows of numbers.</summary>
internal sealed class CmdStanChain
{
    private readonly string file;
    private readonly CmdStanLimits limits;
    private int? rowsBeforeAdaptation;
    private bool isCut;

    private CmdStanChain(string file, CmdStanLimits limits)
    {
        this.file = file;
        this.limits = limits;
    }

    public string[] Header { get; private set; } = [];

    /// <summary>What is said about the run.</summary>
    public CmdStanComments Comments { get; } = new();

    /// <summary>All numbers of the rows, row after row.</summary>
    public List<double> Numbers { get; } = [];

    public int Rows => Header.Length == 0 ? 0 : Numbers.Count / Header.Length;

    /// <summary>Reads a file, which nobody has checked.</summary>
    /// <exception cref="InvalidDataException">It is not as CmdStan writes it, or too large.</exception>
    public static CmdStanChain Read(string file, Stream stream, CmdStanLimits limits, long mostNumbers)
    {
        CmdStanChain chain = ReadLines(file, stream, limits, mostNumbers, wholeLinesOnly: limits.AllowIncomplete);
        return chain.Header.Length > 0 || chain.Comments.Method != "sample"
            ? chain
            : throw new InvalidDataException($"{file} has no header. Expected a CSV file as CmdStan writes it.");
    }

    /// <summary>Reads a file that is being written, or whose writer was killed: a last line without its end is left out, and there may be no draws or
    /// no header yet.</summary>
    /// <exception cref="InvalidDataException">It is not as CmdStan writes it, or too large.</exception>
    public static CmdStanChain ReadWritten(string file, Stream stream, CmdStanLimits limits, long mostNumbers) =>
        ReadLines(file, stream, limits, mostNumbers, wholeLinesOnly: true);

    /// <summary>Leaves only the first rows.</summary>
    public void Cut(int rows) => Numbers.RemoveRange(rows * Header.Length, Numbers.Count - (rows * Header.Length));

    /// <summary>Refuses a chain of another run.</summary>
    public void RequireLike(CmdStanChain first)
    {
        if (!Header.AsSpan().SequenceEqual(first.Header))
        {
            throw new InvalidDataException($"{file} has other columns than {first.file}. Read files of one model together.");
        }
        if (Rows != first.Rows)
        {
            throw new InvalidDataException(
                $"{file} has {Rows} draws, {first.file} has {first.Rows}. Chains must be equally long; a run that was cut off has a shorter file.");
        }
        if (Comments.Method != first.Comments.Method)
        {
            throw new InvalidDataException(
                $"{file} was written by the method \"{Comments.Method}\", {first.file} by \"{first.Comments.Method}\". Read files of one run "
                    + "together.");
        }
    }

    /// <summary>Takes off the rows of warm-up, and the draws that remain must be as many as the comments announce.</summary>
    /// <remarks>Adaptation ends with a comment, which parts warm-up from draws whatever is set; without one, the settings decide.</remarks>
    /// <exception cref="InvalidDataException">There are no draws, or fewer than announced.</exception>
    public void DropWarmup()
    {
        // A model without parameters is not adapted, whatever algorithm is named: then there is no step size.
        bool isFixed =
            Comments.IsFixed
                || (Header.Contains(SamplerColumns.LogDensity) && !Header.Contains(SamplerColumns.StepSize) && rowsBeforeAdaptation is null);
        long warmup = Comments.Method != "sample" || isFixed ? 0 : rowsBeforeAdaptation ?? Comments.WarmupRows;
        Drop(warmup, "warm-up");
        RequireAnnounced(Rows);
    }

    /// <summary>Takes off the first row, which is no draw.</summary>
    /// <exception cref="InvalidDataException">There are no draws, or fewer than announced.</exception>
    public double[] TakeFirst(string what)
    {
        double[] first = [.. Numbers.Take(Header.Length)];
        Drop(1, what);
        RequireAnnounced(Rows);
        return first;
    }

    /// <summary>Refuses a file that holds less than it announces.</summary>
    /// <exception cref="InvalidDataException">It was cut off.</exception>
    public void RequireAnnounced(int found)
    {
        if (found == 0)
        {
            throw new InvalidDataException($"{file} has 0 rows: there are no draws.");
        }
        if (!limits.AllowIncomplete && Comments.Draws is { } wanted && found < wanted)
        {
            throw Incomplete($"has {found} draws, its comments announce {wanted}");
        }
    }

    private static CmdStanChain ReadLines(string file, Stream stream, CmdStanLimits limits, long mostNumbers, bool wholeLinesOnly)
    {
        CmdStanChain chain = new(file, limits);
        BoundedLineReader lines = new(file, stream, limits.LineBytes);
        while (lines.TryRead(out ReadOnlySpan<byte> line))
        {
            line = lines.LineNumber == 1 ? WithoutMark(file, line) : line;
            if (line.Trim(" \t"u8).Length == 0 || (wholeLinesOnly && !lines.IsWhole))
            {
                continue;
            }
            if (line[0] == '#')
            {
                chain.ReadComment(line);
            }
            else if (chain.Header.Length == 0)
            {
                chain.Header = CmdStanColumnNames.Read(file, line, limits.Columns);
            }
            else
            {
                chain.isCut = !lines.IsWhole;
                chain.ReadRow(line, lines.LineNumber, mostNumbers);
            }
        }
        return chain.isCut
            ? throw chain.Incomplete("ends within a line, whose last number may have been cut. If the file is whole, end the line")
            : chain;
    }

    private static ReadOnlySpan<byte> WithoutMark(string file, ReadOnlySpan<byte> line) =>
        line.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? line[3..]
        : line.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || line.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])
            ? throw new InvalidDataException($"{file} is UTF-16 text. Save it as UTF-8.")
            : line;

    private void ReadComment(ReadOnlySpan<byte> line)
    {
        Comments.Read(line);
        if (Header.Length > 0 && line.IndexOf("Adaptation terminated"u8) >= 0)
        {
            rowsBeforeAdaptation ??= Rows;
        }
    }

    private void ReadRow(ReadOnlySpan<byte> line, int number, long mostNumbers)
    {
        if (Numbers.Count + (long)Header.Length > mostNumbers)
        {
            throw new InvalidDataException(
                $"{file} goes beyond the limit of numbers in line {number}. Raise CmdStanLimits.Numbers if the files are right.");
        }
        ReadOnlySpan<byte> rest = line;
        int field = 0;
        while (true)
        {
            int comma = rest.IndexOf((byte)',');
            ReadOnlySpan<byte> text = (comma < 0 ? rest : rest[..comma]).Trim(" \t"u8);
            if (field == Header.Length)
            {
                throw new InvalidDataException(
                    $"{file}, line {number} has more than the {Header.Length} fields of the "
                        + $"header.{(line.Count((byte)',') + 1 == 2 * Header.Length
                            ? " There are twice as many: numbers seem to have decimal commas; write them with points."
                            : "")}");
            }
            if (!CmdStanField.TryParse(text, out double value))
            {
                bool isDecimalComma = text.IndexOf((byte)';') >= 0 || (text.Length > 0 && text[0] == '"');
                throw new InvalidDataException(
                    $"{file}, line {number}, column \"{Header[field]}\": \"{CmdStanField.Excerpt(text)}\" is no "
                        + $"number.{(isDecimalComma ? " Numbers have a decimal point, and commas between them." : "")}");
            }
            Numbers.Add(value);
            field++;
            if (comma < 0)
            {
                break;
            }
            rest = rest[(comma + 1)..];
        }
        if (field < Header.Length)
        {
            throw new InvalidDataException(
                $"{file}, line {number} has {field} fields, the header {Header.Length}. The file may have been cut off: remove the line, or sample "
                    + "again.");
        }
    }

    private void Drop(long rows, string what)
    {
        if (rows >= Rows && !(rows == 0 && Rows == 0))
        {
            throw new InvalidDataException($"{file} has {Rows} rows, of which {rows} are {what}: there are no draws.");
        }
        Numbers.RemoveRange(0, (int)rows * Header.Length);
    }

    private InvalidDataException Incomplete(string how) =>
        new($"{file} {how}. The run was cut off: sample again, or read what there is with CmdStanLimits.AllowIncomplete (of a run of Pyrite with "
            + "McmcResult.Load).");
}
