using Pyrite.Supports;
using Pyrite.Supports.Parameters;

namespace Pyrite;

/// <summary>What the parameters of transforms must be so that the map has an inverse everywhere.</summary>
internal static class TransformParameterSets
{
    private const double Infinity = double.PositiveInfinity;

    public static Constraint Finite { get; } = new RangeConstraint("finite", "a finite number", new(-Infinity, Infinity, true, true), 0);

    public static Constraint FiniteVector { get; } = Constraints.Independent(Finite, 1);

    public static Constraint Positive { get; } =
        new RangeConstraint("finite positive", "a positive finite number", new(0, Infinity, true, true), 1);

    public static Constraint PositiveVector { get; } = Constraints.Independent(Positive, 1);

    public static Constraint NonZero { get; } = new NonZeroConstraint(Positive);

    /// <summary>Positive numbers along the last axis that sum to 1.</summary>
    public static Constraint Shares { get; } = new SharesConstraint();

    /// <summary>A vector of angles from 0 to π, the last from -π to π.</summary>
    public static Constraint Angles { get; } = new AnglesConstraint();
}
