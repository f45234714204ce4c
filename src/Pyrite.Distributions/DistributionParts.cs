namespace Pyrite;

public abstract partial class Distribution
{
    /// <summary>The distributions that a combinator was made from; none for a plain family.</summary>
    protected virtual IReadOnlyList<Distribution> Parts => [];

    /// <summary>Whether this is the given distribution, or a combinator around it: a failed check names the innermost one.</summary>
    public bool IsMadeFrom(Distribution part)
    {
        if (ReferenceEquals(this, part))
        {
            return true;
        }
        foreach (Distribution inner in Parts)
        {
            if (inner.IsMadeFrom(part))
            {
                return true;
            }
        }
        return false;
    }
}
