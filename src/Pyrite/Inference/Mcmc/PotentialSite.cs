namespace Pyrite;

/// <summary>A latent site as a potential sees it.</summary>
/// <param name="Name">The site's name.</param>
/// <param name="Shape">The shape of its value.</param>
/// <param name="UnconstrainedShape">The shape of the real numbers that its value is made from.</param>
/// <param name="Offset">Where these begin in a point.</param>
/// <param name="Support">What values it may have, in words.</param>
/// <param name="Dimensions">What the axes of its value are called: plates by their names.</param>
public sealed record PotentialSite(string Name, Shape Shape, Shape UnconstrainedShape, int Offset, string Support, IReadOnlyList<string> Dimensions)
{
    /// <summary>How many numbers of a point belong to the site.</summary>
    public int Count => checked((int)UnconstrainedShape.Count);
}
