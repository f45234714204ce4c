namespace Pyrite.Inference;

/// <summary>A weight of any size: a number times e to the power of a reference.</summary>
/// <remarks>
/// Far from the mode a step can gain more than the 709 units of log-density that a plain number can hold; a chain that starts there must still prefer
/// the points that gain most. Below 600 the reference is 0 and the weight is the plain number, whose sums are exact to the last digit where those of
/// logarithms are not; 2^20 points of such weights do not overflow.
/// </remarks>
/// <param name="Scaled">The weight over e to the power of the reference.</param>
/// <param name="Reference">A logarithm, 0 or above 600.</param>
internal readonly record struct LogWeight(double Scaled, double Reference)
{
    private const double LargestPlain = 600;

    /// <summary>No weight.</summary>
    public static LogWeight Zero => new(0, 0);

    /// <summary>The weight, at most 1: an acceptance probability.</summary>
    public double OrOne => Reference > 0 ? 1 : Math.Min(1, Scaled);

    /// <summary>The weight of a logarithm.</summary>
    public static LogWeight Of(double logarithm) => logarithm <= LargestPlain ? new(Math.Exp(logarithm), 0) : new(1, logarithm);

    /// <summary>The sum.</summary>
    public LogWeight Plus(in LogWeight other)
    {
        if (Reference == other.Reference)
        {
            return new LogWeight(Scaled + other.Scaled, Reference);
        }
        return Reference > other.Reference
            ? new LogWeight(Scaled + (other.Scaled * Math.Exp(other.Reference - Reference)), Reference)
            : new LogWeight((Scaled * Math.Exp(Reference - other.Reference)) + other.Scaled, other.Reference);
    }

    /// <summary>Whether it is above a share of another weight.</summary>
    /// <param name="share">From 0 to 1.</param>
    /// <param name="other">The other weight.</param>
    public bool Exceeds(double share, in LogWeight other) => Reference == other.Reference
        ? share * other.Scaled < Scaled
        : Math.Log(share) + Math.Log(other.Scaled) + other.Reference < Math.Log(Scaled) + Reference;
}
