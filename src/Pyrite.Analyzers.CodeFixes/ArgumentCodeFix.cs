using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Pyrite.Analyzers.Families;

namespace Pyrite.Analyzers;

/// <summary>Makes what the parameter takes from what was given, or names the parameter that takes it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class ArgumentCodeFix : PyriteCodeFix
{
    private const string Naming = "name:";

    /// <summary>Makes the fix.</summary>
    public ArgumentCodeFix() : base(ArgumentSlipAnalyzer.Id)
    {
    }

    private protected override IEnumerable<(string Title, SyntaxNode Before, SyntaxNode After)> Changes(
        Diagnostic diagnostic, SyntaxNode marked, SemanticModel model)
    {
        if (marked.FirstAncestorOrSelf<ArgumentSyntax>() is not { } argument
            || !diagnostic.Properties.TryGetValue(ArgumentSlipAnalyzer.Remedy, out string? remedy) || string.IsNullOrEmpty(remedy))
        {
            yield break;
        }
        ExpressionSyntax value = argument.Expression;
        if (remedy!.StartsWith(Naming, StringComparison.Ordinal))
        {
            string name = remedy.Substring(Naming.Length);
            SeparatedSyntaxList<ArgumentSyntax> all = ((BaseArgumentListSyntax)argument.Parent!).Arguments;

            // An argument out of its place needs names behind it, too.
            if (all.Skip(all.IndexOf(argument) + 1).All(later => later.NameColon is not null))
            {
                NameColonSyntax colon = SyntaxFactory.NameColon(name).WithTrailingTrivia(SyntaxFactory.Space);
                yield return ($"Pass it as {name}", argument, argument.WithNameColon(colon).WithExpression(value.WithoutLeadingTrivia())
                    .WithLeadingTrivia(argument.GetLeadingTrivia()));
            }
            yield break;
        }
        bool isTensor = model.GetTypeInfo(value).Type is { Name: "Tensor" };
        string text = value.WithoutTrivia().ToString();
        string whole = value is IdentifierNameSyntax or MemberAccessExpressionSyntax or InvocationExpressionSyntax ? text : $"({text})";
        string made = (remedy, isTensor) switch
        {
            ("sqrt", true) => $"{whole}.Sqrt()",
            ("sqrt", false) => $"Math.Sqrt({text})",
            ("rsqrt", true) => $"1 / {whole}.Sqrt()",
            ("rsqrt", false) => $"1 / Math.Sqrt({text})",
            ("exp", true) => $"{whole}.Exp()",
            ("exp", false) => $"Math.Exp({text})",
            ("halfexp", true) => $"(0.5 * {whole}).Exp()",
            ("halfexp", false) => $"Math.Exp(0.5 * {whole})",
            _ => $"1 / {whole}",
        };
        yield return ($"Pass {made}", value, SyntaxFactory.ParseExpression(made).WithTriviaFrom(value));
    }
}
