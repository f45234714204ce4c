namespace Pyrite;

/// <summary>How many functions a Hilbert-space approximation needs, and how large a box.</summary>
/// <param name="Counts">Functions in each column.</param>
/// <param name="Factor">c = L / half of the range, for <see cref="HilbertBox.Around"/>.</param>
public sealed record HilbertSuggestion(IReadOnlyList<int> Counts, double Factor)
{
    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(this);
}
