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
    double factor = 0.1, int patience = 10, double threshold = 1e-4, bool isRelative = true, int cooldown = 0, double lowest = 0, bool higherIsBetter = false) : Schedule
{
    private const double SmallestChange = 1e-8;

    private double best = higherIsBetter ? double.NegativeInfinity : double.PositiveInfinity;
    private int reportsWithoutProgress;
    private int reportsToRest;

    /// <summary>How often the rate was lowered.</summary>
    public int Reductions { get; private set; }

    /// <summary>Takes a number that shall get better; NaN is no progress.</summary>
    public void Report(double metric)
    {
        if (IsBetter(metric))
        {
            best = metric;
            reportsWithoutProgress = 0;
        }
        else
        {
            reportsWithoutProgress++;
        }
        if (reportsToRest > 0)
        {
            reportsToRest--;
            reportsWithoutProgress = 0;
        }
        if (reportsWithoutProgress > patience)
        {
            Reductions++;
            reportsToRest = cooldown;
            reportsWithoutProgress = 0;
        }
    }

    /// <inheritdoc/>
    public override double Rate(double baseRate, long step)
    {
        double rate = baseRate;
        for (int i = 0; i < Reductions; i++)
        {
            double lower = Math.Max(rate * factor, lowest);
            rate = rate - lower > SmallestChange ? lower : rate;
        }
        return rate;
    }

    private bool IsBetter(double metric)
    {
        double margin = isRelative ? threshold * Math.Abs(best) : threshold;
        if (double.IsInfinity(best))
        {
            return higherIsBetter ? metric > best : metric < best;
        }
        return higherIsBetter ? metric > best + margin : metric < best - margin;
    }
}
