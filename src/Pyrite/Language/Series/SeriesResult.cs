namespace Pyrite.Language.Series;

/// <summary>A named result that the rounds of a loop state.</summary>
/// <param name="Name">The result's name.</param>
/// <param name="EventDimensions">As declared by the statement.</param>
/// <param name="Frames">The plates inside the body.</param>
/// <param name="Names">What entries of its events are called.</param>
/// <param name="IsCompletion">Whether it is data with gaps filled in.</param>
internal sealed record SeriesResult(string Name, int? EventDimensions, PlateFrame[] Frames, EventNames? Names, bool IsCompletion)
{
    /// <summary>The axes of a round's value that belong to plates.</summary>
    public int BatchRank { get; set; }

    /// <summary>The axes of a round's value that belong to one entry.</summary>
    public int EventRank { get; set; }

    /// <summary>The type of the value.</summary>
    public DType Type { get; set; }
}
