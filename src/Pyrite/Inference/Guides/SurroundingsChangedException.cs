namespace Pyrite.Inference.Guides;

/// <summary>A model surrounds a latent otherwise than its automatic guide knew; never leaves a step.</summary>
internal sealed class SurroundingsChangedException() : Exception("The model's plates or scales changed under an automatic guide.")
{
    /// <summary>The site.</summary>
    public required string Site { get; init; }

    /// <summary>What the model scales it by, beside its plates.</summary>
    public required double Scale { get; init; }

    /// <summary>How many entries of its plates are present.</summary>
    public Dictionary<string, int> Present { get; } = [];
}
