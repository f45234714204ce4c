namespace Pyrite.Displays;

/// <summary>How far a run of variational inference is.</summary>
internal sealed class SviStatus(TimeProvider time) : RunStatus(time)
{
    private SviProgress latest;
    private int first = -1;

    public override double Fraction => latest.Steps == 0 ? 1 : (double)latest.Step / latest.Steps;

    public void Take(SviProgress progress)
    {
        latest = progress;

        // The clock begins with the first report, when some steps have been taken already.
        first = first < 0 ? progress.Step : first;
    }

    public override IReadOnlyList<BarLine> Bars() => [new("steps", Fraction, $"{latest.Step:N0}/{latest.Steps:N0}{Rest()}")];

    public override string Line() => $"step {latest.Step:N0} of {latest.Steps:N0}{Rest()}";

    public override string Summary()
    {
        string how = latest.StopReason switch
        {
            SviStopReason.Completed => "",
            SviStopReason.Plateau => ", ended because the loss no longer fell",
            SviStopReason.Cancelled => ", cancelled",
            _ => ", ended by an error",
        };
        return $"{Count(latest.Step, "step", "steps")} in {Took(Seconds)}{Loss()}{how}";
    }

    private string Rest() =>
        $"{Loss()}{Pace(latest.Step - first, Seconds, "steps")}{(latest.Steps == 0 ? "" : Left((double)first / latest.Steps))}";

    private string Loss() => latest.Step == 0 ? "" : $"  loss {latest.Loss:G6}";
}
