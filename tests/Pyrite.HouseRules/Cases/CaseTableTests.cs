using System.Text.RegularExpressions;

namespace Pyrite.Cases;

/// <summary>Every case from use has tests, which exist.</summary>
public sealed partial class CaseTableTests
{
    private const int Sections = 9;
    private const string Page = "tests/Pyrite.HouseRules/Cases/cases.md";

    private static readonly Lazy<HashSet<string>> Tests = new(() => [.. Repository.SourceFiles("tests").SelectMany(TestsOf)]);

    public static TheoryData<string> Cases => [.. Rows().Select(row => row.Case)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_case_has_tests(string name) => Assert.All(Rows().Single(row => row.Case == name).Tests.Split(", "),
        test => Assert.True(Tests.Value.Contains(test), $"{name}: there is no test {test}."));

    [Fact]
    public void Every_section_has_cases() =>
        Assert.Equal(Enumerable.Range(1, Sections), Rows().Select(row => row.Section).Distinct());

    [Fact]
    public void What_is_no_test_is_not_found() =>
        Assert.Equal(["ATests.A_test"],
            TestsOf("public void No_test() {} [Theory, InlineData({1})]\n public void A_test(int a) {}\n void B() {}", "ATests"));

    private static IEnumerable<(int Section, string Case, string Tests)> Rows() => Repository.ReadLines(Page)
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
        .Where(cells => cells.Length == 5 && char.IsAsciiDigit(cells[1].FirstOrDefault()))
        .Select(cells => (int.Parse(cells[1], System.Globalization.CultureInfo.InvariantCulture), cells[2], cells[3]));

    private static IEnumerable<string> TestsOf(string file) => TestsOf(Repository.Read(file), Path.GetFileNameWithoutExtension(file));

    private static IEnumerable<string> TestsOf(string source, string type) =>
        TestMethod().Matches(source).Select(match => $"{type}.{match.Groups["name"].Value}");

    [GeneratedRegex(@"\[[A-Za-z]*(Fact|Theory)\b((?!\bpublic\b|\bprivate\b)[\s\S])*?\bpublic (async )?(void|Task) (?<name>\w+)\(",
        RegexOptions.CultureInvariant)]
    private static partial Regex TestMethod();
}
