using static Pyrite.Filtering.SmallMatrix;

namespace Pyrite.Filtering;

/// <summary>A smoothed state from the next one (Rauch, Tung and Striebel 1965), by sums of squares: with G = P T' P₊⁻¹ and A = I - G T its covariance
/// is A P A' + G (Q + S₊) G'.</summary>
internal sealed class BackStep
{
    private readonly double[] finite;
    private readonly double[] noise;
    private readonly double[] gain;
    private readonly double[] keep;
    private readonly int size;

    private BackStep(double[] finite, ReadOnlySpan<double> noise, double[] gain, double[] keep, int size) =>
        (this.finite, this.noise, this.gain, this.keep, this.size) = (finite, noise.ToArray(), gain, keep, size);

    /// <summary>The step; null where the predicted covariance is singular.</summary>
    /// <param name="finite">P, filtered.</param>
    /// <param name="transition">T to the next step.</param>
    /// <param name="noise">Q.</param>
    /// <param name="predicted">P₊ of the next step, before its observation.</param>
    /// <param name="size">The number of states.</param>
    public static BackStep? Of(double[] finite, ReadOnlySpan<double> transition, ReadOnlySpan<double> noise, ReadOnlySpan<double> predicted, int size)
    {
        double[] inverse = new double[size * size], work = new double[size * size], gain = new double[size * size], keep = new double[size * size];
        if (!InvertPositive(predicted, inverse, work, size, out _))
        {
            return null;
        }
        MultiplyTransposed(finite, transition, work, size, size, size);
        Multiply(work, inverse, gain, size, size, size);
        Multiply(gain, transition, keep, size, size, size);
        for (int i = 0; i < keep.Length; i++)
        {
            keep[i] = (i % (size + 1) == 0 ? 1 : 0) - keep[i];
        }
        return new BackStep(finite, noise, gain, keep, size);
    }

    /// <summary>a + G (m₊ - a₊).</summary>
    public void Mean(ReadOnlySpan<double> filtered, ReadOnlySpan<double> later, ReadOnlySpan<double> predicted, Span<double> result)
    {
        double[] change = later.ToArray(), part = new double[size];
        AddScaled(change, -1, predicted);
        Apply(gain, change, part, size, size);
        filtered.CopyTo(result);
        AddScaled(result, 1, part);
    }

    public void Covariance(ReadOnlySpan<double> later, Span<double> result)
    {
        double[] both = later.ToArray(), first = new double[size * size], work = new double[size * size];
        AddScaled(both, 1, noise);
        Symmetrize(both, size);
        Congruence(keep, finite, default, first, work, size);
        Congruence(gain, both, first, result, work, size);
    }

    /// <summary>Of the state with the next one: G S₊.</summary>
    public void Cross(ReadOnlySpan<double> later, Span<double> result) => Multiply(gain, later, result, size, size, size);
}
