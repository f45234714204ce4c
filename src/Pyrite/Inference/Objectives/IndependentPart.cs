namespace Pyrite.Inference.Objectives;

/// <summary>Sites of guide and model that hang together: no draw of theirs influences another part.</summary>
/// <param name="Names">The random variables, observed and latent.</param>
/// <param name="Plates">The plates that all of them are in, whose entries are independent of each other.</param>
internal sealed record IndependentPart(IReadOnlySet<string> Names, IReadOnlyList<PlateFrame> Plates);
