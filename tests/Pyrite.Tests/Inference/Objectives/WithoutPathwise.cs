namespace Pyrite.Tests;

/// <summary>A distribution whose draws let no gradients through.</summary>
internal sealed class WithoutPathwise(Distribution inner) : DerivedDistribution(inner, false)
{
    public override bool HasReparameterizedSample => false;
}
