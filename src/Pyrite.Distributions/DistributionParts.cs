
namespace Pyrite;

public abstract partial class Distribution
{
    /// <summary>The distributions that a combinator was made from; none for a plain family.</summary>
    protected virtual IReadOnlyList<Distribution> Parts => [];

    /// <summary>As <see cref="Parts"/>.</summary>
    internal IReadOnlyList<Distribution> PartList => Parts;

    /// <summary>How many batch axes a part has behind those of the whole.</summary>
    internal virtual int ExtraAxesOf(Distribution part) => Math.Max(0, part.BatchShape.Rank - BatchShape.Rank);

    /// <summary>Whether this is the given distribution, or a combinator around it: a failed check names the innermost one.</summary>
    public bool IsMadeFrom(Distribution part) => IsMadeFrom((IParameterOwner)part);

    /// <summary>The same for a distribution or a transform.</summary>
    public bool IsMadeFrom(IParameterOwner owner)
    {
        if (ReferenceEquals(this, owner) || (this is TransformedDistribution image && image.Transform.IsMadeFrom(owner)))
        {
            return true;
        }
        foreach (Distribution inner in Parts)
        {
            if (inner.IsMadeFrom(owner))
            {
                return true;
            }
        }
        return false;
    }
}
