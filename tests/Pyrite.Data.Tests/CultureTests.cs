using Pyrite.Testing;


namespace Pyrite.Tests;

/// <summary>Data are read the same way in every culture.</summary>
[Trait("Once", "Cultures")]
public sealed class CultureTests
{
    public static TheoryData<string> HandMade => [.. TestCultures.Names];

    [Theory]
    [MemberData(nameof(HandMade))]
    public void Tests_pass_in_cultures_made_by_hand(string culture) => CultureRun.Of(culture, Classes);

    [IcuTheory]
    [InlineData("sv-SE")]
    [InlineData("fa-IR")]
    [InlineData("tr-TR")]
    [InlineData("de-DE")]
    public void Tests_pass_in_cultures_of_this_machine(string culture) => CultureRun.Of(culture, Classes);

    private static IEnumerable<Type> Classes =>
        CultureRun.Classes(
            type => type.Name is nameof(IdxFileTests) or nameof(MnistFolderTests) or nameof(LabelledImagesTests) or nameof(PixelScaleTests));
}
