using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace Pyrite.Analyzers;

/// <summary>Runs one analyzer over a text in which <c>[|…|]</c> marks what it must find, and nothing else may be found.</summary>
internal static class Check<TAnalyzer, TFix>
    where TAnalyzer : DiagnosticAnalyzer, new()
    where TFix : CodeFixProvider, new()
{
    private const string Usings = """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;
        using Pyrite;
        using static Pyrite.Primitives;

        """;

    /// <summary>The findings in the members of a class.</summary>
    public static Task Members(string members, string? after = null, int fix = 0) =>
        Run(InClass(members), after is null ? null : InClass(after), fix, OutputKind.DynamicallyLinkedLibrary);

    /// <summary>The findings in the body of a model.</summary>
    public static Task Model(string body, string? after = null, int fix = 0) => Members(InModel(body), after is null ? null : InModel(after), fix);

    /// <summary>The findings in the main part of a program.</summary>
    public static Task Program(string statements) => Run(Usings + statements, null, 0, OutputKind.ConsoleApplication);

    /// <summary>The findings in the members of a class that uses another file.</summary>
    public static Task TwoFiles(string members, string other) => Run(InClass(members), null, 0, OutputKind.DynamicallyLinkedLibrary, Usings + other);

    private static string InClass(string members) => Usings + "class Example\n{\n" + members + "\n}\n";

    private static string InModel(string body) =>
        "void Model(Tensor x, Tensor y, int n, bool flag, int kind)\n{\n" + body + "\n}\nTensor last = null!; List<Tensor> all = new();";

    private static async Task Run(string source, string? after, int fix, OutputKind kind, string? other = null)
    {
        CSharpCodeFixTest<TAnalyzer, TFix, DefaultVerifier> test = new()
        {
            TestCode = source,
            CodeActionIndex = fix,
            ReferenceAssemblies = References.None,
            TestBehaviors = TestBehaviors.SkipGeneratedCodeCheck,
            CodeActionValidationMode = CodeActionValidationMode.None,
            CodeFixTestBehaviors = CodeFixTestBehaviors.SkipFixAllCheck,
        };
        test.TestState.OutputKind = kind;
        test.TestState.AdditionalReferences.AddRange(References.OfPyrite);
        test.FixedState.AdditionalReferences.AddRange(References.OfPyrite);
        if (other is not null)
        {
            test.TestState.Sources.Add(other);
        }
        if (after is not null)
        {
            test.FixedCode = after;
        }
        await test.RunAsync();
    }
}
