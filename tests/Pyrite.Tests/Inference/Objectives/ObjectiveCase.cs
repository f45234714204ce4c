namespace Pyrite.Tests;

/// <summary>A model and a guide, whose every objective has a known mean, in many copies side by side.</summary>
/// <remarks>The copies are a plate at dimension -3 with parameters of their own, <c>loc</c> and <c>scale</c> [copies, 1, latents] of the guide and
/// <c>mu</c> [copies, 1, 1] of the model, so that a step gives as many gradients as there are copies.</remarks>
internal sealed class ObjectiveCase
{
    public required string Name { get; init; }

    public required double[] Loc { get; init; }

    public required double[] Scale { get; init; }

    public double Mu { get; init; } = 0.3;

    /// <summary>Whether draws can be reparameterized.</summary>
    public bool HasPathwise { get; init; } = true;

    /// <summary>Whether the quadrature is that of three draws, which takes time.</summary>
    public bool IsLarge { get; init; }

    /// <summary>States the model; tells which entries of a subsampled plate are present.</summary>
    public required Action<ObjectiveParameters, Action<int[]>> Model { get; init; }

    /// <summary>States the guide; the function hides the gradients of draws where they shall not be used.</summary>
    public required Action<ObjectiveParameters, Func<Distribution, Distribution>> Guide { get; init; }

    /// <summary>The independent parts of the entries present, as functions of (loc…, scale…, mu).</summary>
    public required Func<int[], ExactPart[]> Parts { get; init; }

    public override string ToString() => Name;
}
