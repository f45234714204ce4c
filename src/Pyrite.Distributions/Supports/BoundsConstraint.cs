using System.Globalization;
using Pyrite.Supports.Conditions;

namespace Pyrite.Supports;

/// <summary>Numbers, or whole numbers, between two bounds that are tensors; a missing bound is infinite.</summary>
/// <param name="name">A short name.</param>
/// <param name="requirement">What a value must be, with {0} for the lower and {1} for the upper bound.</param>
/// <param name="low">The lower bound; null for none.</param>
/// <param name="high">The upper bound; null for none.</param>
/// <param name="lowOpen">Whether the lower bound is excluded.</param>
/// <param name="highOpen">Whether the upper bound is excluded.</param>
/// <param name="whole">Whether only whole numbers are allowed.</param>
internal sealed class BoundsConstraint(string name, string requirement, Tensor? low, Tensor? high, bool lowOpen, bool highOpen, bool whole)
    : Constraint(name, "", 0, whole)
{
    public override Transform? Bijection => IsDiscrete ? null : (low, high) switch
    {
        (not null, not null) => new ComposedTransform(new SigmoidTransform(),
            new AffineTransform(low, high - low, validate: false) { HighEnd = high }),
        (not null, null) => new ComposedTransform(new ExpTransform(), new AffineTransform(low, 1, validate: false)),
        (null, not null) => new ComposedTransform(new ExpTransform(), new AffineTransform(high, -1, validate: false)),
        _ => new IdentityTransform(),
    };

    /// <summary>Bounds may depend on other random variables: reading them for words that nobody asks for would keep the density from being
    /// compiled.</summary>
    internal override string Describe() => string.Format(CultureInfo.InvariantCulture, requirement, Text(low), Text(high));

    public override bool IsInterval => true;

    public override bool HasGivenEnds => true;

    public override Tensor? LowerEnd => low;

    public override Tensor? UpperEnd => high;

    internal override bool IsFixed => false;

    public override Tensor Check(Tensor value)
    {
        Tensor verdict = IsDiscrete && (value.DType.IsFloatingPoint || value.IsWeak) ? value.IsWhole() : value.EqualTo(value);
        if (low is not null)
        {
            verdict &= lowOpen ? value > low : value >= low;
        }
        if (high is not null)
        {
            verdict &= highOpen ? value < high : value <= high;
        }
        return verdict;
    }

    /// <summary>One test of the distance to the nearer bound, which compiled densities have code for.</summary>
    internal override Tensor Verdict(Tensor value) => HasRoom(value) ? ConstraintOfRoom.Verdict(Room(value)) : base.Verdict(value);

    internal override Tensor Verdict(Tensor value, Tensor mask) =>
        HasRoom(value) && Room(value) is { IsWeak: false } room ? ConstraintOfRoom.Verdict(room, mask) : base.Verdict(value, mask);

    /// <summary>What the distance to the nearer bound must be, or, without bounds, the number itself.</summary>
    private Constraint ConstraintOfRoom =>
        low is null && high is null ? Constraints.Real : (low is not null ? lowOpen : highOpen) ? Constraints.Positive : Constraints.NonNegative;

    private bool HasRoom(Tensor value) =>
        !IsDiscrete && (value.IsWeak || value.DType.IsFloatingPoint) && (low is null || high is null || lowOpen == highOpen);

    private Tensor Room(Tensor value) => (low, high) switch
    {
        (not null, not null) => Tensor.Minimum(value - low, high - value),
        (not null, null) => value - low,
        (null, not null) => high - value,
        _ => value,
    };

    private static string Text(Tensor? bound) =>
        bound is null ? "" : bound.Count == 1 ? bound.Item().ToString("G7", CultureInfo.InvariantCulture) : $"its bound of shape {bound.Shape}";

    protected internal override Tensor InteriorPoint(Tensor value) => ((low, high) switch
    {
        (not null, not null) => IsDiscrete ? low : 0.5 * (low + high),
        (not null, null) => low + 1,
        (null, not null) => high - 1,
        _ => 0,
    }).Detach();
}
