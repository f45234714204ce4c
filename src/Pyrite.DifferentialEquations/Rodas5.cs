namespace Pyrite;

/// <summary>The Rosenbrock method Rodas5P, order 5 and stiffly accurate: for stiff equations, such as chemical kinetics, where rates of very
/// different
/// sizes meet.</summary>
/// <remarks>Eight slopes, one Jacobian and one factorization a step; the engine computes the Jacobian and the derivative in time, exactly. The
/// state is
/// treated as a whole, so a batch of many initial states costs the cube of their number: solve such batches one by one. Outputs between steps come
/// from
/// an interpolant of order 4. Source: G. Steinebach, "Construction of Rosenbrock-Wanner method Rodas5P" (2023).</remarks>
public sealed class Rodas5 : OdeSolver
{
    internal override bool IsStiff => true;
}
