using Pyrite.Testing;


namespace Pyrite.Tests;

/// <summary>The text of tensors and their files are the same in every culture.</summary>
[Trait("Once", "Cultures"), Trait("Once", "Widths")]
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

    private static IEnumerable<Type> Classes => CultureRun.Classes(type =>
        (type.Name.Contains("Text", StringComparison.Ordinal) || type.Namespace!.Contains("Serialization", StringComparison.Ordinal))
            && !type.Name.Contains("Fuzz", StringComparison.Ordinal));
}
