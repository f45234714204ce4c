namespace Pyrite;

/// <summary>What a run of variational inference gave; the fit itself is in the parameters of its <see cref="Svi{T}"/>.</summary>
/// <param name="Losses">The loss of each step taken; not finite where the step was skipped.</param>
/// <param name="StopReason">Why the run ended.</param>
/// <param name="SkippedSteps">How many steps were skipped because of numbers that are not finite.</param>
/// <param name="ParametersWithoutGradient">Parameters that were used but never received a gradient: they stayed where they started, which is seldom meant.</param>
public sealed record SviResult(IReadOnlyList<double> Losses, SviStopReason StopReason, long SkippedSteps, IReadOnlyList<string> ParametersWithoutGradient)
{
    /// <summary>The result in a sentence or two.</summary>
    public override string ToString()
    {
        string loss = Losses.Count == 0 ? "no loss" : FormattableString.Invariant($"last loss {Losses[^1]:G6}");
        string skipped = SkippedSteps == 0 ? "" : $", {SkippedSteps} skipped";
        string unreached = ParametersWithoutGradient.Count == 0 ? "" : $" No gradient ever reached {string.Join(", ", ParametersWithoutGradient)}: use them in a distribution, or remove them.";
        return $"{StopReason} after {Losses.Count} steps{skipped}, {loss}.{unreached}";
    }
}
