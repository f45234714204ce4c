namespace Pyrite;

/// <summary>Lowers the rate when a reported number has stopped getting better.</summary>
/// <remarks>Call <see cref="Report"/> after each epoch, say with the loss on held-out data. It counts as PyTorch's ReduceLROnPlateau does.</remarks>
/// <param name="factor">Factor on the rate, below 1.</param>
/// <param name="patience">Reports without progress that are borne; the next one lowers the rate.</param>
/// <param name="threshold">Progress smaller than this does not count.</param>
/// <param name="isRelative">Whether the threshold is a share of the best number so far, rather than a difference.</param>
/// <param name="cooldown">Reports after a change in which nothing is counted.</param>
/// <param name="lowest">The lowest rate.</param>
/// <param name="higherIsBetter">Whether the number shall rise.</param>
public sealed class PlateauSchedule(
    double factor = 0.1, int patience = 10, double threshold = 1e-4, bool isRelative = true, int cooldown = 0, double lowest = 0,
        bool higherIsBetter = false) : Schedule
{
    private const double SmallestChange = 1e-8;

    /// <summary>What has been seen so far: save it and set it again to go on elsewhere.</summary>
    public PlateauState State { get; set; } = new(higherIsBetter ? double.NegativeInfinity : double.PositiveInfinity, 0, 0, 0);

    /// <summary>Takes a number that shall get better; NaN is no progress.</summary>
    public void Report(double metric)
    {
        bool isBetter = IsBetter(metric);
        bool isResting = State.ReportsToRest > 0;
        int withoutProgress = isBetter || isResting ? 0 : State.ReportsWithoutProgress + 1;
        bool isStuck = withoutProgress > patience;
        State = new PlateauState(
            isBetter ? metric : State.Best,
            isStuck ? 0 : withoutProgress,
            isStuck ? cooldown : Math.Max(0, State.ReportsToRest - 1),
            State.Reductions + (isStuck ? 1 : 0));
    }

    /// <inheritdoc/>
    public override double Rate(double baseRate, long step)
    {
        double rate = baseRate;
        for (int i = 0; i < State.Reductions; i++)
        {
            double lower = Math.Max(rate * factor, lowest);
            rate = rate - lower > SmallestChange ? lower : rate;
        }
        return rate;
    }

    private bool IsBetter(double metric)
    {
        double best = State.Best;
        double margin = isRelative ? threshold * Math.Abs(best) : threshold;
        if (double.IsInfinity(best))
        {
            return higherIsBetter ? metric > best : metric < best;
        }
        return higherIsBetter ? metric > best + margin : metric < best - margin;
    }
}
