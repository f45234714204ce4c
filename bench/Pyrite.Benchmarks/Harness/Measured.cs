namespace Pyrite.Benchmarks.Harness;

/// <summary>What many slices of one work say.</summary>
/// <param name="Seconds">Seconds of a unit of work.</param>
/// <param name="Cost">GFLOP of its own neighbours' peak in that time.</param>
/// <param name="IsDisturbed">Whether too few slices were undisturbed.</param>
internal sealed record Measured(Quartiles Seconds, Quartiles Cost, bool IsDisturbed)
{
    /// <summary>Undisturbed slices without which a figure is called disturbed.</summary>
    public const int Enough = 30;

    /// <summary>From the undisturbed slices if there are enough, else from all of them, which is said.</summary>
    /// <param name="pairs">The slices, at least one.</param>
    /// <param name="enough">How many must be undisturbed.</param>
    public static Measured Of(IReadOnlyCollection<Pair> pairs, int enough = Enough)
    {
        Pair[] calm = [.. pairs.Where(pair => !pair.IsDisturbed)];
        bool isDisturbed = calm.Length < enough;
        Pair[] used = isDisturbed ? [.. pairs] : calm;
        return new(Of(pair => pair.Seconds), Of(pair => pair.Cost), isDisturbed);

        Quartiles Of(Func<Pair, double> reading) => Quartiles.Of(used.Select(reading));
    }

    /// <summary>The share of the peak that a work of so many floating-point operations reaches: the quartiles of the pairs' ratios.</summary>
    public Quartiles Share(double operations) => Cost.Into(operations / 1e9);
}
