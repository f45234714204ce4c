namespace Pyrite.Displays;

/// <summary>How far a loop over the batches of an epoch is.</summary>
internal sealed class EpochStatus(TimeProvider time, int epoch, int batches, Func<string>? detail) : RunStatus(time)
{
    private int batch;
    private long rows;

    public override double Fraction => batches == 0 ? 1 : (double)batch / batches;

    /// <summary>Whether the loop came to the end of the epoch.</summary>
    public bool IsComplete { get; set; }

    public void Take(int count)
    {
        batch++;
        rows += count;
    }

    public override IReadOnlyList<BarLine> Bars() => [new($"epoch {epoch}", Fraction, $"batch {batch:N0}/{batches:N0}{Rest()}{Left()}")];

    public override string Line() => $"epoch {epoch}, batch {batch:N0} of {batches:N0}{Rest()}{Left()}";

    public override string Summary() =>
        $"epoch {epoch}: {(IsComplete ? "" : $"left after {batch:N0} of ")}{Count(batches, "batch", "batches")} in {Took(Seconds)}{Rest()}";

    private string Rest() => $"{(detail is null ? "" : $"  {detail()}")}{Pace(rows, Seconds, "rows")}";
}
