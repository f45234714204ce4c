namespace Pyrite.Supports;

/// <summary>The number 0 beside a distribution of counts that need not contain it, such as the eyes of a die.</summary>
internal static class ZeroOutcome
{
    /// <summary>Whether 0 is the least of the counts, as it is for most families.</summary>
    public static bool StartsAtZero(Distribution counts) => counts.Support.LowerEnd is { IsWeak: true, WeakValue: 0 };

    /// <summary>The counts and 0; without negative ones if wanted.</summary>
    public static Constraint Support(Distribution counts, bool onlyAbove = false)
    {
        if (StartsAtZero(counts))
        {
            return counts.Support;
        }
        Constraint source = onlyAbove ? new WithinConstraint(counts.Support, 1, null) : counts.Support;
        return new OrPointsConstraint(source, 0);
    }

    /// <summary>The score of a value of the counts or of 0.</summary>
    public static Tensor Score(Distribution counts, Tensor value) => StartsAtZero(counts) ? counts.LogDensity(value) : counts.ScoreAnywhere(value);

    /// <summary>log P(X = 0).</summary>
    public static Tensor LogChance(Distribution counts, DType type) => Score(counts, Tensor.Zeros(Shape.Scalar, type));
}
