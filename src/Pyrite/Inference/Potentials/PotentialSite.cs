using Pyrite.Language.Sites;


namespace Pyrite;

/// <summary>A latent site as a potential sees it.</summary>
/// <param name="Name">The site's name.</param>
/// <param name="Shape">The shape of its value.</param>
/// <param name="UnconstrainedShape">The shape of the real numbers that its value is made from: two for an angle, n for a direction of n
/// dimensions.</param>
/// <param name="Offset">Where these begin in a point.</param>
/// <param name="Support">What values it may have, in words.</param>
/// <param name="Dimensions">What the axes of its value are called: plates by their names.</param>
public sealed record PotentialSite(string Name, Shape Shape, Shape UnconstrainedShape, int Offset, string Support, IReadOnlyList<string> Dimensions)
{
    /// <summary>What tensors of its draws hold: Int64 for whole numbers that the model computes, else Float64.</summary>
    public DType DType { get; init; } = DType.Float64;

    /// <summary>Whether its values are angles, of which those 2π apart are the same.</summary>
    public bool IsCircular { get; init; }

    /// <summary>What the entries along each axis of its value are called; null for an axis whose entries have numbers only.</summary>
    public IReadOnlyList<IReadOnlyList<string>?> Names { get; init; } = [.. Dimensions.Select(_ => (IReadOnlyList<string>?)null)];

    /// <summary>Of which entries of a larger whole the first axis is; null where it is all of it.</summary>
    internal BatchPart? Part { get; init; }

    /// <summary>Whether several points have the same values, as for angles: the values do not say where a sampler stood.</summary>
    internal bool HasSurplus { get; init; }

    /// <summary>How many numbers of a point belong to the site.</summary>
    public int Count => checked((int)UnconstrainedShape.Count);

    /// <summary>Draws of it.</summary>
    internal DrawsVariable Draws(double[] values) => new(Name, Shape, values, Dimensions, DType)
    {
        EntryNames = Names,
        IsCircular = IsCircular,
        Part = Part,
    };

    /// <summary>All values by name, the same in every culture.</summary>
    public override string ToString() => RecordText.Of(this);
}
