using System.Reflection;

namespace Pyrite;

/// <summary>The public API of each library is a reviewed text: a change shows in the diff of PublicApi/.</summary>
public sealed class PublicApiTests
{
    public static TheoryData<string> Libraries => [.. Repository.Libraries];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void The_public_api_is_the_accepted_one(string library)
    {
        string file = Path.Combine(Repository.Root, "tests", "Pyrite.HouseRules", "PublicApi", library + ".txt");
        IReadOnlyList<string> found = ApiSurface.Describe(Assembly.Load(library));
        if (Environment.GetEnvironmentVariable("PYRITE_ACCEPT_API") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, string.Concat(found.Select(line => line + "\n")));
        }

        IReadOnlyList<string> accepted = File.Exists(file) ? File.ReadAllLines(file) : [];
        IReadOnlyList<string> difference = ApiSurface.Difference(accepted, found);

        Assert.True(difference.Count == 0,
            $"The public API of {library} differs from tests/Pyrite.HouseRules/PublicApi/{library}.txt:\n{string.Join('\n', difference)}\n"
            + "If the change is wanted, accept it: PYRITE_ACCEPT_API=1 dotnet test tests/Pyrite.HouseRules, then commit the text file.");
    }

    [Fact]
    public void The_description_reads_like_csharp()
    {
        IReadOnlyList<string> lines = ApiSurface.Describe(typeof(PublicApiTests).Assembly);

        Assert.Contains("readonly record struct ApiExample.Pair<T> : IEquatable<ApiExample.Pair<T>> where T : struct", lines);
        Assert.Contains("    Pair(T First, string? Second)", lines);
        Assert.Contains("    T First { get; init; }", lines);
        Assert.Contains("    abstract double[] Draw(int count = 1, params string[] names)", lines);
        Assert.Contains("    protected virtual bool TryFind(string name, out double value)", lines);
        Assert.Contains("    static string Twice(this string text)", lines);
        Assert.Contains("    extension(string text) int Half { get; }", lines);
        Assert.Contains("    static string Thrice(this string text)", lines);
        Assert.Contains("    const int Most = 8", lines);
        Assert.DoesNotContain(lines, line => line.Contains("Secret") || line.Contains('<') && line.Contains('$') || line.Contains("PrintMembers"));
    }

    [Fact]
    public void The_difference_names_the_type_of_a_changed_member()
    {
        IReadOnlyList<string> difference = ApiSurface.Difference(["class A", "    void M()"], ["class A", "    void N()", "class B"]);

        Assert.Equal(["- class A  ::  void M()", "+ class A  ::  void N()", "+ class B"], difference);
    }
}
