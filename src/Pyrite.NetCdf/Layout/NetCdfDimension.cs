namespace Pyrite.Layout;

/// <summary>A dimension of an array in a file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Size">How many entries it has.</param>
/// <param name="Labels">What these are called; null for numbers from 0.</param>
internal sealed record NetCdfDimension(string Name, int Size, IReadOnlyList<string>? Labels = null)
{
    /// <summary>Whether another one is the same but for its name.</summary>
    public bool IsLike(NetCdfDimension other) => Size == other.Size
        && (Labels is null ? other.Labels is null : other.Labels is not null && Labels.SequenceEqual(other.Labels));
}
