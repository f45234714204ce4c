using Pyrite.Checks;
using Pyrite.Supports;

namespace Pyrite;

/// <summary>A set of allowed values: of a parameter, or the support of a distribution.</summary>
/// <param name="name">A short name.</param>
/// <param name="requirement">What a value must be, so that "must be …" is a sentence.</param>
/// <param name="eventRank">How many last axes make up one value: 0 for numbers, 1 for vectors, 2 for matrices.</param>
/// <param name="isDiscrete">Whether the set is countable.</param>
public abstract class Constraint(string name, string requirement, int eventRank = 0, bool isDiscrete = false)
{
    /// <summary>A short name, for example "positive".</summary>
    public string Name { get; } = name;

    /// <summary>What a value must be, so that "must be …" is a sentence.</summary>
    public string Requirement => Describe() ?? requirement;

    /// <summary>How many last axes make up one value.</summary>
    public int EventRank { get; } = eventRank;

    /// <summary>Whether the set is countable.</summary>
    public bool IsDiscrete { get; } = isDiscrete;

    /// <summary>A bijection from unconstrained reals onto the set, or null where there is none.</summary>
    public virtual Transform? Bijection => null;

    /// <summary>A map from unconstrained reals onto the set that optimizers like, not always one to one; by default
    /// <see cref="Bijection"/>.</summary>
    public virtual Transform? Parametrization => Bijection;

    /// <summary>The map from unconstrained reals that samplers use; null where there is none. By default <see cref="Bijection"/>.</summary>
    /// <remarks>
    /// It need not be one to one: a set without ends, such as a circle, has no bijection along which a density stays in reach from everywhere. Its
    /// "volume change" is then the logarithm of the weight under which the surplus of reals follows a law of its own, independent of the value.
    /// </remarks>
    public virtual Transform? SamplingMap => Bijection;

    /// <summary>The requirement where it is put into words when somebody asks, because the words take the numbers of tensors; null where it was
    /// given.</summary>
    internal virtual string? Describe() => null;

    /// <summary>The smallest number of a set of single numbers; null where there is none.</summary>
    public virtual Tensor? LowerEnd => null;

    /// <summary>The greatest number of a set of single numbers; null where there is none.</summary>
    public virtual Tensor? UpperEnd => null;

    /// <summary>Whether every number but NaN is allowed, so that scoring needs no check.</summary>
    public virtual bool IsEverything => false;

    /// <summary>Whether the set is an interval of single numbers from <see cref="LowerEnd"/> to <see cref="UpperEnd"/>, of which a missing one is
    /// infinite.</summary>
    public virtual bool IsInterval => IsEverything;

    /// <summary>Whether the ends of an interval are tensors that were given, so that they may change from step to step.</summary>
    public virtual bool HasGivenEnds => false;

    /// <summary>Whether the set is made of others, so that only <see cref="Check"/> tells what it contains: a union, an image, counts of a
    /// total.</summary>
    public virtual bool IsMade => false;

    /// <summary>The set of the entries where a value is an array of independent entries; else the set itself.</summary>
    public virtual Constraint Element => this;

    /// <summary>Whether the set is the same for all entries, and no parameter decides about it; of a set that somebody else has written it is not
    /// known.</summary>
    internal virtual bool IsFixed => GetType().Assembly == typeof(Constraint).Assembly;

    /// <summary>Which values belong to the set.</summary>
    /// <param name="value">Ends in the <see cref="EventRank"/> axes of a value.</param>
    /// <returns>Bool, of the shape of the axes before.</returns>
    public abstract Tensor Check(Tensor value);

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    /// <summary>Whether all values belong to the set, as a Bool scalar.</summary>
    internal virtual Tensor Verdict(Tensor value) => Check(value).AllTrue();

    /// <summary>The same where a mask leaves values out: only those that it keeps must belong to the set.</summary>
    /// <param name="value">Ends in the axes of a value.</param>
    /// <param name="mask">Bool, broadcasts with the axes before.</param>
    /// <remarks>A value inside the set in the place of others keeps the verdict one operation, which compiled densities have code for.</remarks>
    internal virtual Tensor Verdict(Tensor value, Tensor mask) => IsFixed && !value.IsWeak
        ? Verdict(Tensor.Where(SpreadOverEvent(EntryMask.Over(mask, value.Shape[..^EventRank])), value, InteriorPoint(value)))
        : (Check(value) | !mask).AllTrue();

    /// <summary>The verdict on a C# number, which needs no operation; null where it is not known at once.</summary>
    internal virtual bool? VerdictOfNumber(Tensor value) => null;

    /// <summary>Some value well inside the set, to compute with where the given one lies outside; broadcasts against it.</summary>
    protected internal abstract Tensor InteriorPoint(Tensor value);

    /// <summary>Some value well inside the set, to compute with where the given one lies outside; broadcasts against it.</summary>
    /// <param name="value">A value of the shape and type that is wanted.</param>
    public Tensor ValueInside(Tensor value) => InteriorPoint(value);

    /// <summary>Whether two constraints are of one kind, with the same bounds.</summary>
    /// <param name="other">The other constraint.</param>
    /// <param name="withTensors">Whether bounds that are tensors are read; otherwise their shapes must do.</param>
    public bool AsksTheSameAs(Constraint other, bool withTensors) => ConstraintComparison.AreSame(this, other, withTensors);

    /// <summary>A verdict as a mask over whole values: with axes of size 1 for those of a value.</summary>
    /// <param name="verdict">Bool, of the axes before those of a value.</param>
    public Tensor SpreadOverEvent(Tensor verdict)
    {
        for (int i = 0; i < EventRank; i++)
        {
            verdict = verdict.Unsqueeze(-1);
        }
        return verdict;
    }
}
