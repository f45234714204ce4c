namespace Pyrite;

/// <summary>How a run of <see cref="Lbfgs"/> ended.</summary>
/// <param name="Loss">The loss at the point found, where the parameters now stand.</param>
/// <param name="LargestGradient">The largest magnitude in the gradient there.</param>
/// <param name="Iterations">How many steps were taken.</param>
/// <param name="Evaluations">How often the loss was computed.</param>
/// <param name="HasConverged">Whether a tolerance was met, rather than the limit of iterations.</param>
public sealed record LbfgsResult(double Loss, double LargestGradient, int Iterations, int Evaluations, bool HasConverged)
{
    /// <summary>All values by name, the same in every culture.</summary>
    public override string ToString() => RecordText.Of(this);
}
