namespace Pyrite;

/// <summary>What the program did that wrote a CmdStan file.</summary>
public enum CmdStanMethod
{
    /// <summary>Chains of MCMC, or of a model with fixed parameters.</summary>
    Sample,

    /// <summary>Quantities computed from draws that were there before.</summary>
    GenerateQuantities,

    /// <summary>Draws from a variational approximation; its mean is read with <see cref="CmdStanCsv.LoadEstimate"/>.</summary>
    Variational,

    /// <summary>Draws from Pathfinder's approximation.</summary>
    Pathfinder,

    /// <summary>Draws from a Laplace approximation.</summary>
    Laplace,

    /// <summary>A point estimate, read with <see cref="CmdStanCsv.LoadEstimate"/>.</summary>
    Optimize,
}
