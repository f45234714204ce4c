using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Pyrite.Analyzers;

/// <summary>No false alarm on the samples; those on apps and benchmarks are errors of the build.</summary>
[Trait("Once", "Cultures")]
public sealed class CheckoutTests
{
    private static readonly ImmutableArray<DiagnosticAnalyzer> All =
        [.. typeof(PyriteAnalyzer).Assembly.GetExportedTypes().Where(type => type.IsSubclassOf(typeof(PyriteAnalyzer)) && !type.IsAbstract)
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!)];

    [Fact]
    public async Task Samples_raise_no_alarm()
    {
        string[] samples = Directory.GetFiles(Path.Combine(Root, "samples"), "*.cs");
        Assert.NotEmpty(samples);
        List<string> found = [];
        foreach (string sample in samples)
        {
            CSharpCompilation compilation = Compile(sample);
            Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
            found.AddRange((await compilation.WithAnalyzers(All).GetAnalyzerDiagnosticsAsync()).Select(diagnostic => diagnostic.ToString()));
        }

        Assert.Empty(found);
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

    private static CSharpCompilation Compile(string file)
    {
        CSharpParseOptions options = new CSharpParseOptions(LanguageVersion.Latest).WithFeatures([new("FileBasedProgram", "true")]);
        string implicitUsings = "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; "
            + "global using System.Threading; global using System.Threading.Tasks;";
        return CSharpCompilation.Create(Path.GetFileNameWithoutExtension(file),
            [CSharpSyntaxTree.ParseText(implicitUsings, options),
                CSharpSyntaxTree.ParseText(SourceText.From(File.ReadAllText(file)), options, file)],
            References.OfPyrite, new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
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
