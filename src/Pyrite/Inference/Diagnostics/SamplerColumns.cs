namespace Pyrite;

/// <summary>The names that Stan gives to what a sampler reports beside its draws; Pyrite uses the same ones.</summary>
public static class SamplerColumns
{
    /// <summary>The log posterior density of the unconstrained parameters, Jacobian included.</summary>
    public const string LogDensity = "lp__";

    /// <summary>The acceptance probability, averaged over the trajectory.</summary>
    public const string AcceptanceProbability = "accept_stat__";

    /// <summary>The step size of the integrator.</summary>
    public const string StepSize = "stepsize__";

    /// <summary>The depth of the trajectory's tree.</summary>
    public const string TreeDepth = "treedepth__";

    /// <summary>The number of leapfrog steps, which is that of gradients.</summary>
    public const string LeapfrogSteps = "n_leapfrog__";

    /// <summary>1 where the trajectory diverged, else 0.</summary>
    public const string Divergent = "divergent__";

    /// <summary>The Hamiltonian at the draw.</summary>
    public const string Energy = "energy__";

    /// <summary>All of them in Stan's order.</summary>
    public static IReadOnlyList<string> All { get; } = [LogDensity, AcceptanceProbability, StepSize, TreeDepth, LeapfrogSteps, Divergent, Energy];
}
