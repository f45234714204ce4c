using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Pyrite.Analyzers;

/// <summary>No false alarm on samples, templates and users of the packages; those on apps and benchmarks are errors of the build.</summary>
[Trait("Once", "Cultures")]
public sealed class CheckoutTests
{
    private static readonly ImmutableArray<DiagnosticAnalyzer> All =
        [.. typeof(PyriteAnalyzer).Assembly.GetExportedTypes().Where(type => type.IsSubclassOf(typeof(PyriteAnalyzer)) && !type.IsAbstract)
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!)];

    /// <summary>What strangers build with the package, and so with the analyzers that it brings; files of one program stand together.</summary>
    public static TheoryData<string> Programs =>
        [.. Directory.GetFiles(Path.Combine(Root, "samples"), "*.cs").Select(file => Path.GetRelativePath(Root, file)),
            .. Directory.GetDirectories(Path.Combine(Root, "templates", "Pyrite.Templates", "content"))
                .Select(folder => Directory.GetFiles(folder, "*.cs")).Where(files => files.Length > 0)
                .Select(files => string.Join(Path.PathSeparator, files.Select(file => Path.GetRelativePath(Root, file)))),
            Path.Combine("tests", "Packages", "EightSchools.cs"), Path.Combine("tests", "Packages", "Service.cs")];

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task Programs_of_the_checkout_raise_no_alarm(string files)
    {
        CSharpCompilation compilation = Compile(files.Split(Path.PathSeparator));
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));

        Assert.Empty(await compilation.WithAnalyzers(All).GetAnalyzerDiagnosticsAsync());
    }

    [Fact]
    public async Task Mistakes_in_these_programs_would_be_found()
    {
        CSharpCompilation compilation = Compile(Path.Combine("tests", "Packages", "Mistakes.cs"));

        ImmutableArray<Diagnostic> found = await compilation.WithAnalyzers(All).GetAnalyzerDiagnosticsAsync();
        Assert.Equal(All.Length, found.Select(diagnostic => diagnostic.Id).Distinct().Count());
    }

    [Fact]
    public void Every_rule_has_a_section_in_the_documents()
    {
        string document = File.ReadAllText(Path.Combine(Root, "docs", "analyzers.md"));

        Assert.Equal(8, All.Length);
        Assert.All(All.SelectMany(analyzer => analyzer.SupportedDiagnostics), rule =>
        {
            Assert.Matches($@"(?m)^## {rule.Id}$", document);
            Assert.Contains(rule.Title.ToString(), document);
        });
    }

    private static string Root { get; } = FindRoot();

    private static CSharpCompilation Compile(params string[] files)
    {
        CSharpParseOptions options = new CSharpParseOptions(LanguageVersion.Latest).WithFeatures([new("FileBasedProgram", "true")]);
        string implicitUsings = "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; "
            + "global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;";
        const string serviceUsings = "global using Microsoft.AspNetCore.Builder; global using Microsoft.AspNetCore.Hosting; "
            + "global using Microsoft.AspNetCore.Http; global using Microsoft.Extensions.DependencyInjection; "
            + "global using Microsoft.Extensions.Hosting; global using Microsoft.Extensions.Logging;";
        string[] texts = Array.ConvertAll(files, file => File.ReadAllText(Path.Combine(Root, file)));
        bool isService = files.Any(file => Path.GetFileName(file) == "Service.cs") || texts.Any(text => text.Contains("#:sdk Microsoft.NET.Sdk.Web"));
        string[] sources = [implicitUsings, .. isService ? (string[])[serviceUsings] : []];
        return CSharpCompilation.Create(Path.GetFileNameWithoutExtension(files[0]),
            [.. sources.Select(source => CSharpSyntaxTree.ParseText(source, options)),
                .. files.Zip(texts).Select(pair => CSharpSyntaxTree.ParseText(SourceText.From(pair.Second), options, pair.First))],
            isService ? References.OfPyrite.Concat(References.OfServices) : References.OfPyrite,
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
    }

    private static string FindRoot()
    {
        DirectoryInfo folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Pyrite.slnx")))
        {
            folder = folder.Parent!;
        }
        return folder.FullName;
    }
}
