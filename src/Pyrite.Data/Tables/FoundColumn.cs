using System.Globalization;

namespace Pyrite.Tables;

/// <summary>A column whose kind is found while its cells come.</summary>
/// <param name="name">Its name.</param>
/// <param name="position">Its place in a line, from 0.</param>
/// <param name="given">The kind that it must have; null if it is to be found.</param>
/// <param name="format">How numbers are written.</param>
internal sealed class FoundColumn(string name, int position, ColumnKind? given, NumberFormatInfo format)
{
    private ColumnBuilder? builder = given is { } kind ? BuilderOf(kind, format) : null;
    private int missingBefore;

    /// <summary>The name.</summary>
    public string Name => name;

    /// <summary>The place in a line, from 0.</summary>
    public int Position => position;

    /// <summary>Whether a cell did not fit the kind that was found: the column holds texts, which must be read anew.</summary>
    public bool IsMixed { get; private set; }

    /// <summary>Takes the next cell; false if its text is not of the kind that is given.</summary>
    public bool TryAdd(ReadOnlySpan<char> text)
    {
        if (IsMixed)
        {
            return true;
        }
        builder ??= Start(text);
        if (builder.TryAdd(text))
        {
            return true;
        }
        if (given is not null)
        {
            return false;
        }
        if (builder is IntegerBuilder { AreExactNumbers: true } integers && NumberBuilder.TryParse(text, format, out _) && !IsCode(text))
        {
            builder = new NumberBuilder(format, integers);
            return builder.TryAdd(text);
        }
        (IsMixed, builder) = (true, null);
        return true;
    }

    /// <summary>Takes a cell whose value is missing.</summary>
    public void AddMissing()
    {
        if (builder is null)
        {
            missingBefore++;
        }
        else
        {
            builder.AddMissing();
        }
    }

    /// <summary>The column; one without a value is one of numbers.</summary>
    public Column Build() => (builder ?? Begun(new NumberBuilder(format))).Build(name);

    /// <summary>What a text is, for the first one of a column.</summary>
    private ColumnBuilder Start(ReadOnlySpan<char> text)
    {
        ReadOnlySpan<ColumnKind> tried = IsCode(text) ? [] : [ColumnKind.Integer, ColumnKind.Number, ColumnKind.Truth, ColumnKind.Date];
        foreach (ColumnKind kind in tried)
        {
            if (BuilderOf(kind, format).TryAdd(text))
            {
                return Begun(BuilderOf(kind, format));
            }
        }
        return Begun(new CategoryBuilder());
    }

    private static bool IsCode(ReadOnlySpan<char> text) => text.Length > 1 && text[0] == '0' && char.IsAsciiDigit(text[1]);

    private ColumnBuilder Begun(ColumnBuilder fresh)
    {
        for (int i = 0; i < missingBefore; i++)
        {
            fresh.AddMissing();
        }
        return fresh;
    }

    private static ColumnBuilder BuilderOf(ColumnKind kind, NumberFormatInfo format) => kind switch
    {
        ColumnKind.Number => new NumberBuilder(format),
        ColumnKind.Integer => new IntegerBuilder(),
        ColumnKind.Truth => new TruthBuilder(),
        ColumnKind.Date => new DateBuilder(),
        ColumnKind.Category => new CategoryBuilder(),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such kind of column.")
    };
}
