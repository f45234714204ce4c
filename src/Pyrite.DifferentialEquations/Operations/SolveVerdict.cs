using Pyrite.Runs;
using Pyrite.Stepping;

namespace Pyrite.Operations;

/// <summary>Explains a solve that failed.</summary>
/// <param name="Settings">What the solver was told.</param>
internal sealed record SolveVerdict(StepSettings Settings) : ICheckSubject
{
    public Exception Refuse(string? part, Tensor value) => Refusal(value.ToArray<double>());

    /// <summary>The error for what a solve reports.</summary>
    public OdeException Refusal(ReadOnlySpan<double> report)
    {
        OdeStatus status = (OdeStatus)(int)report[RunReport.Status];
        double time = report[RunReport.Time];
        string reason = status switch
        {
            OdeStatus.TooManySteps =>
                $"the {Settings.MaxSteps} steps that MaxSteps allows were used up at t = {time}"
                    + (Settings.IsStiff ? ". Raise MaxSteps or loosen the tolerances."
                        : ". Where the equation is stiff, use Rodas5; else raise MaxSteps or loosen the tolerances."),
            OdeStatus.StepTooSmall =>
                $"the step became too small at t = {time}, where the largest component is {report[RunReport.Size]}: the solution grows without bound "
                    + "there, or the right-hand side is not smooth or not a number."
                    + (Settings.IsStiff ? "" : " Where the equation is stiff, use Rodas5."),
            _ => $"the slope or the state that an event made is not a finite number at t = {time}. Check the right-hand side there.",
        };
        return new OdeException(status, time, $"Ode.Solve: {reason}");
    }
}
