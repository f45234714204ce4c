namespace Pyrite;

/// <summary>What a node of a <see cref="ModelGraph"/> stands for.</summary>
public enum ModelGraphNodeKind
{
    /// <summary>A random variable that is drawn.</summary>
    Latent,

    /// <summary>A random variable that is observed.</summary>
    Observed,

    /// <summary>A named result.</summary>
    Deterministic,

    /// <summary>A parameter.</summary>
    Parameter,

    /// <summary>A registered network with all its parameters.</summary>
    Module,

    /// <summary>A factor: a term of the log-density without a value.</summary>
    Factor,
}
