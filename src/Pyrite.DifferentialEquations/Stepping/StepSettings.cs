namespace Pyrite.Stepping;

/// <summary>What a solver was told, beside the tolerances of single components.</summary>
/// <param name="IsStiff">Whether steps are those of the Rosenbrock method.</param>
/// <param name="Relative">The relative tolerance.</param>
/// <param name="MaxSteps">How many steps may be tried.</param>
/// <param name="FirstStep">The length of the first step that is tried; 0 for a choice.</param>
internal readonly record struct StepSettings(bool IsStiff, double Relative, int MaxSteps, double FirstStep)
{
    /// <summary>A scheme for these settings.</summary>
    public Scheme For(IDynamics dynamics) => IsStiff ? new RosenbrockScheme(dynamics) : new ExplicitScheme(dynamics);
}
