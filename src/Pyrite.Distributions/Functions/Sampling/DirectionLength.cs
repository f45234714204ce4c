

namespace Pyrite.Functions.Sampling;

/// <summary>The length of a vector of which only the direction matters, as samplers draw it: r² k / n is chi-squared with k degrees of
/// freedom.</summary>
/// <remarks>
/// With k = n the vector is a Gaussian, as Stan's unit vectors are (Stan reference manual, "Unit vector"; Marsaglia 1972). Near the origin, however,
/// the slightest step turns the direction, and a posterior that is narrow in the direction is a cone there, in which no step size is right: of 12,000
/// draws of a von Mises angle with concentration 1,000, 1,163 diverged with k = 2, 6 with k = 8, none with k = 16 (NUTS, default settings). More
/// degrees make a thinner ring, around which a flat density takes more steps: 4 per draw for k = 2, 14 for 16, 19 for 32, 33 for 100.
/// </remarks>
internal static class DirectionLength
{
    private const int LeastDegrees = 16;

    /// <summary>A length in the middle of its law.</summary>
    public static double Typical(int size) => Math.Sqrt(size);

    /// <summary>The log-density that makes lengths their law for any direction: over vectors, with the area of the sphere taken out.</summary>
    /// <param name="x">Vectors, [.., n].</param>
    /// <param name="size">n.</param>
    /// <returns>One number per vector.</returns>
    public static Tensor LogDensity(Tensor x, int size)
    {
        double degrees = Math.Max(size, LeastDegrees);
        double rate = 0.5 * degrees / size;

        // ∫ r^(k - 1) exp(-rate r²) dr from 0 to ∞ = Γ(k/2) / (2 rate^(k/2)).
        double logMass = SpecialFunctions.LogGamma(0.5 * degrees) - Math.Log(2) - (0.5 * degrees * Math.Log(rate));
        Tensor square = x.Square().Sum(-1);
        Tensor shape = degrees == size ? -rate * square : (0.5 * (degrees - size) * square.Log()) - (rate * square);
        return shape - logMass;
    }
}
