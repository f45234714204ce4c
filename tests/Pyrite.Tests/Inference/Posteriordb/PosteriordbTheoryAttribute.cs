using Pyrite.Testing;


namespace Pyrite.Tests;

/// <summary>Several tests against posteriordb, skipped with a reason where its files are missing.</summary>
public sealed class PosteriordbTheoryAttribute : TheoryAttribute
{
    public PosteriordbTheoryAttribute() => Skip = PosteriorReference.ReasonToSkip;
}
