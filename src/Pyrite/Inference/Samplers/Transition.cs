namespace Pyrite;

/// <summary>What one transition of a sampler reported.</summary>
/// <param name="LogDensity">The log-density at the draw, volume changes included.</param>
/// <param name="AcceptanceProbability">Averaged over the trajectory.</param>
/// <param name="StepSize">The step size used.</param>
/// <param name="TreeDepth">How often the trajectory was doubled; 0 for samplers without trees.</param>
/// <param name="LeapfrogSteps">The number of gradients, or of density evaluations.</param>
/// <param name="IsDivergent">Whether the energy error grew beyond bounds, or the model could not be computed.</param>
/// <param name="Energy">The Hamiltonian at the draw.</param>
public readonly record struct Transition(double LogDensity, double AcceptanceProbability, double StepSize, int TreeDepth, int LeapfrogSteps,
    bool IsDivergent, double Energy)
{
    /// <summary>All values by name, the same in every culture.</summary>
    public override string ToString() => RecordText.Of(this);
}
