namespace Pyrite.Tables;

/// <summary>A column of true and false, in any case.</summary>
internal sealed class TruthBuilder : ColumnBuilder
{
    private readonly GrowingArray<bool> values = new();

    public override Column Build(string name) => new(name, ColumnKind.Truth, new Cells<bool>(values.ToArray(value => value), Absent()));

    protected override bool TryAddValue(ReadOnlySpan<char> text)
    {
        bool isTrue = text.Equals("true", StringComparison.OrdinalIgnoreCase);
        if (!isTrue && !text.Equals("false", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }
        values.Add(isTrue);
        return true;
    }

    protected override void AddDefault() => values.Add(false);
}
