namespace Pyrite.Testing;

/// <summary>A theory over cultures of ICU, left out with the reason where there are none.</summary>
internal sealed class IcuTheoryAttribute : TheoryAttribute
{
    public IcuTheoryAttribute() => Skip = TestCultures.WhyNoIcu;
}
