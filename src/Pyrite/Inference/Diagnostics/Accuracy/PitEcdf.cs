using Pyrite.Inference.Diagnostics.Accuracy;

namespace Pyrite;

/// <summary>The empirical distribution function of numbers that should be uniform, as its difference to that of uniform numbers, with a band that
/// holds the whole curve with a given probability if they are.</summary>
/// <remarks>For probability integral transforms and ranks. Säilynoja, Bürkner and Vehtari, "Graphical test for discrete uniformity and its
/// applications in goodness-of-fit evaluation and multiple sample comparison", 2022, section 2: pointwise binomial intervals, as wide as all of
/// them together need. Above the band on the left and below it on the right: predictions are too narrow; the other way round: too wide.</remarks>
public sealed class PitEcdf
{
    private const int MostPoints = 100;

    private PitEcdf(double probability, double[] x, double[] difference, double[] lower, double[] upper)
    {
        Probability = probability;
        X = x;
        Difference = difference;
        Lower = lower;
        Upper = upper;
    }

    /// <summary>The probability with which the band holds the whole curve of uniform numbers, at least.</summary>
    public double Probability { get; }

    /// <summary>Where the function is evaluated, ascending, the last one 1.</summary>
    public IReadOnlyList<double> X { get; }

    /// <summary>The share of numbers up to there, minus that of uniform numbers.</summary>
    public IReadOnlyList<double> Difference { get; }

    /// <summary>The lower end of the band.</summary>
    public IReadOnlyList<double> Lower { get; }

    /// <summary>The upper end of the band.</summary>
    public IReadOnlyList<double> Upper { get; }

    /// <summary>Whether the whole curve lies within the band.</summary>
    public bool IsInside => Enumerable.Range(0, X.Count).All(i => Difference[i] >= Lower[i] - 1e-12 && Difference[i] <= Upper[i] + 1e-12);

    /// <summary>Looks at numbers.</summary>
    /// <param name="values">The numbers, 0 to 1.</param>
    /// <param name="probability">That of the band, above 0 and below 1.</param>
    /// <param name="points">At how many evenly spaced points; as many as numbers if null, and at most 100.</param>
    /// <exception cref="ArgumentException">There is no number, or one is outside 0 to 1.</exception>
    public static PitEcdf Of(ReadOnlySpan<double> values, double probability = 0.95, int? points = null)
    {
        if (values.IsEmpty || !Array.TrueForAll(values.ToArray(), value => value is >= 0 and <= 1))
        {
            throw new ArgumentException(
                $"Numbers that should be uniform lie from 0 to 1; found {values.Length} numbers, of which not all do. Look at observations whose "
                    + "log-densities are not finite.", nameof(values));
        }
        SampleStatistics.CheckedShare(probability);
        ArgumentOutOfRangeException.ThrowIfLessThan(points ?? 1, 1, nameof(points));
        int count = values.Length, steps = points ?? Math.Min(count, MostPoints);
        double[] sorted = values.ToArray(), x = [.. Enumerable.Range(1, steps).Select(i => (double)i / steps)];
        Array.Sort(sorted);
        (int[] low, int[] high) = UniformBand.Of(count, steps, probability);
        double[] difference = new double[steps];
        for (int i = 0, below = 0; i < steps; i++)
        {
            while (below < count && sorted[below] <= x[i])
            {
                below++;
            }
            difference[i] = ((double)below / count) - x[i];
        }
        return new PitEcdf(probability, x, difference,
            [.. low.Select((bound, i) => ((double)bound / count) - x[i])], [.. high.Select((bound, i) => ((double)bound / count) - x[i])]);
    }
}
