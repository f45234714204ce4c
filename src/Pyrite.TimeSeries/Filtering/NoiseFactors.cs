using static Pyrite.Filtering.SmallMatrix;

namespace Pyrite.Filtering;

/// <summary>Factors L of covariances among the numbers of a system, L L' each, of which the last one asked for is kept, and their
/// gradients.</summary>
/// <remarks>Directions without variance have columns of 0, also in gradients: draws follow changes that leave a singular covariance as singular as it
/// is. (Away from it a standard deviation grows like the root of a variance, whose slope at 0 is infinite.)</remarks>
internal sealed class NoiseFactors(int size)
{
    private readonly double[] factor = new double[size * size];
    private readonly double[] ofFactor = new double[size * size];
    private int known = -1;

    /// <summary>The factor of the covariance that begins at a place.</summary>
    public ReadOnlySpan<double> Of(ReadOnlySpan<double> numbers, int place)
    {
        if (known != place)
        {
            known = place;
            SemidefiniteFactor(numbers.Slice(place, size * size), factor, size);
        }
        return factor;
    }

    /// <summary>Adds what follows from x = L e for L and e.</summary>
    /// <param name="numbers">The numbers of the system.</param>
    /// <param name="place">Where the covariance begins.</param>
    /// <param name="upstream">The gradient for x.</param>
    /// <param name="noise">e.</param>
    /// <param name="ofNoise">The gradient for e.</param>
    /// <param name="gradient">That for all numbers; it gets what belongs to a covariance when another is asked for, or at the end.</param>
    public void AddGradient(ReadOnlySpan<double> numbers, int place, ReadOnlySpan<double> upstream, ReadOnlySpan<double> noise, Span<double> ofNoise,
        Span<double> gradient)
    {
        if (known != place)
        {
            Finish(gradient);
        }
        ApplyTransposed(Of(numbers, place), upstream, ofNoise, size, size);
        AddOuter(ofFactor, 1, upstream, noise);
    }

    /// <summary>Adds the gradient of the covariance that is known.</summary>
    public void Finish(Span<double> gradient)
    {
        if (known >= 0)
        {
            AddSemidefiniteGradient(factor, ofFactor, gradient.Slice(known, size * size), size);
            Array.Clear(ofFactor);
        }
    }
}
