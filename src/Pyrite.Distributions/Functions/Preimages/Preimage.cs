namespace Pyrite.Functions.Preimages;

/// <summary>What an image of a transform remembers: the map and what it was applied to.</summary>
/// <param name="Map">The transform.</param>
/// <param name="X">Its argument.</param>
internal sealed record Preimage(Transform Map, Tensor X)
{
    /// <summary>Whether gradients flow from the image to what it was made of.</summary>
    public bool IsTracked => X.RequiresGradient || Map.IsTracked;
}
