using System.Reflection;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace Pyrite.Book;

/// <summary>Compiles printed programs as the SDK compiles a console project with implicit usings that references the libraries.</summary>
internal static class SnippetCompiler
{
    // The first seven are the SDK's; the others stand at the head of every sample.
    private const string Usings = """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Net.Http;
        global using System.Threading; global using System.Threading.Tasks;
        global using Pyrite; global using Pyrite.Plotting; global using static Pyrite.Primitives;
        """;

    private static readonly CSharpParseOptions Parse = new(LanguageVersion.CSharp14);

    private static readonly Lazy<MetadataReference[]> References =
        new(() => [.. Offered.Select(file => (MetadataReference)MetadataReference.CreateFromFile(file))]);

    /// <summary>The files of the assemblies that programs are compiled with: the framework's and the libraries.</summary>
    public static IEnumerable<string> Offered =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Where(IsOffered);

    public static CSharpCompilation Compile(Snippet snippet) => CSharpCompilation.Create(
        "Snippet",
        [CSharpSyntaxTree.ParseText(Usings, Parse), CSharpSyntaxTree.ParseText(WithoutDirectives(snippet.Code), Parse, "Program.cs", Encoding.UTF8)],
        References.Value,
        new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));

    /// <summary>What the compiler has against a program, each with the document's line.</summary>
    public static IEnumerable<string> Errors(Snippet snippet) => Compile(snippet).GetDiagnostics()
        .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
        .Select(error => $"{snippet}, line {error.Location.GetLineSpan().StartLinePosition.Line + 1} of the program: {error.GetMessage()}");

    /// <summary>Runs a program in this process, in the current folder.</summary>
    /// <returns>What it prints, and what it throws.</returns>
    public static (string Printed, Exception? Error) Run(Snippet snippet)
    {
        using MemoryStream image = new(), symbols = new();
        if (!Compile(snippet).Emit(image, symbols, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb)).Success)
        {
            return ("", new InvalidOperationException("It does not compile."));
        }

        MethodInfo main = Assembly.Load(image.ToArray(), symbols.ToArray()).EntryPoint!;
        TextWriter console = Console.Out;
        using StringWriter writer = new();
        Console.SetOut(writer);
        try
        {
            main.Invoke(null, main.GetParameters().Length == 0 ? null : [Array.Empty<string>()]);
        }
        catch (TargetInvocationException error)
        {
            return (writer.ToString(), error.InnerException);
        }
        finally
        {
            Console.SetOut(console);
        }

        return (writer.ToString().ReplaceLineEndings("\n"), null);
    }

    // Lines such as `#:package` of a program of one file are for the SDK; they stay as comments, so that lines keep their numbers.
    private static string WithoutDirectives(string code) => code.Replace("#:", "// #:", StringComparison.Ordinal);

    private static bool IsOffered(string file)
    {
        string name = Path.GetFileName(file);
        return name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal)
            || name is "netstandard.dll" or "mscorlib.dll" or "ScottPlot.dll" or "SkiaSharp.dll" or "Microsoft.DotNet.Interactive.Formatting.dll"
            || Repository.Libraries.Contains(Path.GetFileNameWithoutExtension(name));
    }
}
