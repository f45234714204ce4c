namespace Pyrite;

/// <summary>The explicit Runge-Kutta method of Tsitouras, order 5 with an error estimate of order 4: for equations that are not stiff.</summary>
/// <remarks>Six slopes a step. Outputs between steps come from an interpolant of order 4. Source: Ch. Tsitouras, "Runge-Kutta pairs of order 5(4)
/// satisfying only the first column simplifying assumption" (2011).</remarks>
public sealed class Tsit5 : OdeSolver
{
    internal override bool IsStiff => false;
}
