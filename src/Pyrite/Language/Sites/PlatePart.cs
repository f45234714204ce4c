namespace Pyrite.Language.Sites;

/// <summary>Which part of every subsample a run has: all shards of a step draw the same subsamples, and each looks at its part.</summary>
/// <param name="Number">From 0 to <paramref name="Count"/> - 1.</param>
/// <param name="Count">Into how many parts subsamples are cut.</param>
internal readonly record struct PlatePart(int Number, int Count)
{
    /// <summary>Whole subsamples.</summary>
    public static PlatePart Whole => new(0, 1);
}
