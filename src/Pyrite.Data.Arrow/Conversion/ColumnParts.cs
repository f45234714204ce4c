namespace Pyrite.Conversion;

/// <summary>Cells that are gathered from the parts of a column.</summary>
/// <param name="name">The column's name.</param>
internal sealed class ColumnParts(string name)
{
    private readonly List<double> numbers = [];
    private readonly List<long?> integers = [];
    private readonly List<bool?> truths = [];
    private readonly List<string?> texts = [];
    private readonly List<DateTime?> dates = [];

    public void Add(double? value) => numbers.Add(value ?? double.NaN);

    public void Add(long? value) => integers.Add(value);

    public void Add(bool? value) => truths.Add(value);

    public void Add(string? value) => texts.Add(value);

    public void Add(DateTime? value) => dates.Add(value);

    /// <summary>The column; numbers where there is not one cell.</summary>
    public Column Build() =>
        integers.Count > 0 ? Column.Integers(name, integers.ToArray())
        : truths.Count > 0 ? Column.Truths(name, truths.ToArray())
        : texts.Count > 0 ? Column.Texts(name, texts.ToArray())
        : dates.Count > 0 ? Column.Dates(name, dates.ToArray())
        : Column.Numbers(name, numbers.ToArray());

    /// <summary>The error of a column of a type that tables do not have.</summary>
    public ColumnTypeException Refuse(string type) =>
        new($"column \"{name}\": expected numbers, truth values, texts or dates; found {type}. Leave it out or convert it first.");
}
