using Pyrite.Testing;


namespace Pyrite.Tests;

/// <summary>A test against posteriordb, skipped with a reason where its files are missing.</summary>
public sealed class PosteriordbFactAttribute : FactAttribute
{
    public PosteriordbFactAttribute() => Skip = PosteriorReference.ReasonToSkip;
}
