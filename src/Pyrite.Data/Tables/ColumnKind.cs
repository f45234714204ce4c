namespace Pyrite;

/// <summary>What the cells of a <see cref="Column"/> hold.</summary>
public enum ColumnKind
{
    /// <summary>Real numbers.</summary>
    Number,

    /// <summary>Whole numbers of 64 bits.</summary>
    Integer,

    /// <summary>true or false.</summary>
    Truth,

    /// <summary>Texts, each of which is a label of a category.</summary>
    Category,

    /// <summary>Dates, or dates with a time.</summary>
    Date
}
