namespace Pyrite.Benchmarks.Harness;

/// <summary>A slice of work with the slices of peak before and after it.</summary>
/// <param name="Seconds">Seconds of a unit of work.</param>
/// <param name="PeakBefore">GFLOP/s of multiply-adds just before.</param>
/// <param name="PeakAfter">GFLOP/s just after.</param>
/// <param name="Busy">The share of the slice's wall time that its threads had for themselves: CPU time over wall time of one thread, the worst
/// of several, those of the peaks among them.</param>
internal readonly record struct Pair(double Seconds, double PeakBefore, double PeakAfter, double Busy)
{
    private const double LeastBusy = 0.95;
    private const double MostPeaksDiffer = 1.10;

    /// <summary>Whether CPU and wall time differ by more than 5 %, or the two peaks by more than 10 %.</summary>
    public bool IsDisturbed => !(Busy >= LeastBusy) || Math.Max(PeakBefore, PeakAfter) > MostPeaksDiffer * Math.Min(PeakBefore, PeakAfter);

    /// <summary>GFLOP/s of its own neighbours.</summary>
    public double Peak => (PeakBefore + PeakAfter) / 2;

    /// <summary>What a unit of work costs in multiply-adds that the peak makes in its time, in GFLOP: a faster or slower machine has no part in
    /// it.</summary>
    public double Cost => Seconds * Peak;
}
