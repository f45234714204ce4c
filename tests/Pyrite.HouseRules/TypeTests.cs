using System.Reflection;
using System.Text.RegularExpressions;

namespace Pyrite;

/// <summary>Rules about the types of the libraries: closed by default, and found under one namespace.</summary>
public sealed partial class TypeTests
{
    public static TheoryData<string> Libraries => [.. Repository.Libraries];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Public_classes_are_sealed_abstract_or_static(string library)
    {
        IEnumerable<string> open = Assembly.Load(library).GetExportedTypes()
            .Where(type => type.IsClass && !type.IsSealed && !type.IsAbstract)
            .Select(type => type.FullName!);

        Assert.Empty(open);
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Public_types_stand_in_the_one_namespace(string library)
    {
        IEnumerable<string> elsewhere = Assembly.Load(library).GetExportedTypes()
            .Where(type => type.Namespace != PublicNamespace(library))
            .Select(type => type.FullName!);

        Assert.Empty(elsewhere);
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Namespaces_are_the_public_one_or_named_after_the_folder(string library)
    {
        List<string> wrong = [];
        foreach (string file in Repository.SourceFiles("src").Where(file => file.StartsWith($"src/{library}/")))
        {
            string text = Repository.Read(file);
            string found = DeclaredNamespace().Match(text).Groups[1].Value;
            string[] expected = ExpectedNamespaces(library, file, text);
            if (found.Length > 0 && !expected.Contains(found))
            {
                wrong.Add($"{file} declares namespace {found}; expected {string.Join(" or ", expected)}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static string PublicNamespace(string library) => library == "Pyrite.Plotting" ? library : "Pyrite";

    /// <summary>The public namespace for a file with a public type (or a part of one), one named after the folder for a file of internal
    /// types.</summary>
    private static string[] ExpectedNamespaces(string library, string file, string text)
    {
        string[] folders = file.Split('/')[2..^1];
        string root = PublicNamespace(library);
        bool mayBePublic = folders.Length == 0 || PublicOrPartialType().IsMatch(text) || !InternalType().IsMatch(text);
        return mayBePublic
            ? PublicType().IsMatch(text) ? [root] : [root, .. NamedAfter(root, folders)]
            : [.. NamedAfter(root, folders)];
    }

    private static IEnumerable<string> NamedAfter(string root, string[] folders) =>
        folders.Length == 0 ? [] : [$"{root}.{string.Join('.', folders)}"];

    [GeneratedRegex(@"^namespace ([\w.]+)", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex DeclaredNamespace();

    [GeneratedRegex(@"^public [\w ]*\b(class|struct|record|interface|enum|delegate)\b", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex PublicType();

    [GeneratedRegex(@"^(public [\w ]*\b(class|struct|record|interface|enum|delegate)\b|[\w ]*\bpartial\b)",
        RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex PublicOrPartialType();

    [GeneratedRegex(@"^(internal|file) [\w ]*\b(class|struct|record|interface|enum|delegate)\b",
        RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex InternalType();
}
