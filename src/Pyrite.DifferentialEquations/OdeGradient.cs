namespace Pyrite;

/// <summary>How gradients go through a solve.</summary>
public enum OdeGradient
{
    /// <summary>Backwards through the steps that the solver took: the exact gradient of the numbers it gave, their lengths held. Memory grows with
    /// the
    /// steps.</summary>
    Discrete,

    /// <summary>The sensitivities are solved along with the state, under the same tolerances. For few parameters; gradients of any order.</summary>
    Forward,

    /// <summary>The adjoint equation is solved backwards in time along the solution, whose steps are kept, under the same tolerances: the gradient
    /// of the
    /// exact solution, up to them.</summary>
    Adjoint,
}
