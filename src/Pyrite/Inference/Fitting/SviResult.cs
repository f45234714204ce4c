using Pyrite.Inference.Fitting;


namespace Pyrite;

/// <summary>What a run of variational inference gave; the fit itself is in the parameters of its <see cref="Svi{T}"/>.</summary>
/// <param name="Losses">The loss of each step taken; not finite where the step was skipped.</param>
/// <param name="StopReason">Why the run ended.</param>
/// <param name="SkippedSteps">How many steps were skipped because of numbers that are not finite.</param>
/// <param name="ParametersWithoutGradient">Parameters that were used but never received a gradient: they stayed where they started, which is seldom
/// meant.</param>
public sealed record SviResult(IReadOnlyList<double> Losses, SviStopReason StopReason, long SkippedSteps,
    IReadOnlyList<string> ParametersWithoutGradient)
{
    /// <summary>Whether the loss was still falling steadily when the run ended, so that the fit is not done: a trend over the last half of the run
    /// that is no accident and worth another run.</summary>
    public bool IsStillFalling => FallOfLastHalf is not null;

    /// <summary>What makes the steps slower or their gradients noisier than they must be; empty where there is nothing.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>What should be known before the fit is trusted, a sentence or two each; empty where there is nothing.</summary>
    public IReadOnlyList<string> Advice
    {
        get
        {
            List<string> advice = [];
            if (FallOfLastHalf is { } fall)
            {
                advice.Add(
                    string.Create(System.Globalization.CultureInfo.InvariantCulture,
                        $"The loss was still falling steadily at the end, by {fall:G3} over the last half of the run: the fit is not done. Take more "
                            + $"steps, raise the learning rate, or start nearer to the data (GuideStart)."));
            }
            if (ParametersWithoutGradient.Count > 0)
            {
                advice.Add($"No gradient ever reached {string.Join(", ", ParametersWithoutGradient)}: use them in a distribution, or remove them.");
            }
            advice.AddRange(Notes);
            return advice;
        }
    }

    private double? FallOfLastHalf => StopReason == SviStopReason.Plateau ? null : LossTrend.FallOfLastHalf(Losses);

    /// <summary>The result in a sentence or two, advice included.</summary>
    public override string ToString()
    {
        string loss = Losses.Count == 0 ? "no loss" : FormattableString.Invariant($"last loss {Losses[^1]:G6}");
        string skipped = SkippedSteps == 0 ? "" : $", {SkippedSteps} skipped";
        string advice = string.Concat(Advice.Select(sentence => " " + sentence));
        return $"{StopReason} after {Losses.Count} steps{skipped}, {loss}.{advice}";
    }
}
