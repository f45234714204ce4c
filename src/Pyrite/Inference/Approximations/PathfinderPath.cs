namespace Pyrite;

/// <summary>What one path of <see cref="Pathfinder"/> did.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Message">Why it ended, in words.</param>
/// <param name="Iterations">The steps of L-BFGS.</param>
/// <param name="Evaluations">How often the log-density was computed, gradients included.</param>
/// <param name="Gradients">How often it was computed with its gradient: on the way uphill alone.</param>
/// <param name="Elbo">The greatest ELBO along the path; NaN or minus infinity where it failed.</param>
public sealed record PathfinderPath(PathStatus Status, string Message, int Iterations, int Evaluations, int Gradients, double Elbo)
{
    /// <summary>All values by name, the same in every culture.</summary>
    public override string ToString() => RecordText.Of(this);
}
