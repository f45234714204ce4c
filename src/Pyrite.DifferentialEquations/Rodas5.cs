namespace Pyrite;

/// <summary>The Rosenbrock method Rodas5P, order 5 and stiffly accurate: for stiff equations, such as chemical kinetics, where rates of very
/// different
/// sizes meet.</summary>
/// <remarks>Eight slopes, one Jacobian and one factorization a step; the engine computes the Jacobian and the derivative in time, exactly.
/// Components that do not depend on each other in a circle are factorized on their own, and rows of the Jacobian that share no component are found
/// together, so a batch of initial states costs about the sum of its rows; memory grows with the square of the state. Outputs between steps come from
/// an interpolant of order 4. Source: G. Steinebach, "Construction of Rosenbrock-Wanner method Rodas5P" (2023).</remarks>
public sealed class Rodas5 : OdeSolver
{
    internal override bool IsStiff => true;
}
