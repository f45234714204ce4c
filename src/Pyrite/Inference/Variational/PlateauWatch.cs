namespace Pyrite.Inference.Variational;

/// <summary>Watches the losses of a run for a plateau.</summary>
internal sealed class PlateauWatch(EarlyStopping stopping)
{
    private double best = double.PositiveInfinity;
    private double sum;
    private int finite;
    private int seen;
    private int windowsWithoutProgress;

    /// <summary>Takes a loss; returns whether the run shall end.</summary>
    public bool Ends(double loss)
    {
        seen++;
        if (double.IsFinite(loss))
        {
            sum += loss;
            finite++;
        }
        if (seen < stopping.Window)
        {
            return false;
        }
        double mean = finite > 0 ? sum / finite : double.PositiveInfinity;
        bool isBetter = double.IsInfinity(best) ? mean < best : mean < best - (stopping.Tolerance * Math.Abs(best));
        windowsWithoutProgress = isBetter ? 0 : windowsWithoutProgress + 1;
        best = Math.Min(best, mean);
        (sum, finite, seen) = (0, 0, 0);
        return windowsWithoutProgress >= stopping.Patience;
    }
}
