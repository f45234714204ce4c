namespace Pyrite.Inference.Enumeration;

/// <summary>Ways to treat a discrete latent site.</summary>
internal enum EnumerationKind
{
    /// <summary>All values at once.</summary>
    Parallel,

    /// <summary>One run for each value.</summary>
    Sequential,

    /// <summary>Drawn.</summary>
    Never,
}
