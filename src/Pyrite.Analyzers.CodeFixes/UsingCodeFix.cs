using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Pyrite.Analyzers.Scopes;

namespace Pyrite.Analyzers;

/// <summary>Opens a scope in a using declaration, until the end of the block.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class UsingCodeFix : PyriteCodeFix
{
    /// <summary>Makes the fix.</summary>
    public UsingCodeFix() : base(OpenScopeAnalyzer.Id)
    {
    }

    private protected override IEnumerable<(string Title, SyntaxNode Before, SyntaxNode After)> Changes(
        Diagnostic diagnostic, SyntaxNode marked, SemanticModel model)
    {
        SyntaxNode? statement = marked.FirstAncestorOrSelf<StatementSyntax>();
        string title = "Close the scope at the end of the block";
        if (statement is LocalDeclarationStatementSyntax { Declaration.Variables.Count: 1 } local)
        {
            SyntaxToken keyword = SyntaxFactory.Token(SyntaxKind.UsingKeyword).WithTrailingTrivia(SyntaxFactory.Space)
                .WithLeadingTrivia(local.GetLeadingTrivia());
            yield return (title, local, local.WithoutLeadingTrivia().WithUsingKeyword(keyword));
        }
        else if (statement is ExpressionStatementSyntax { Expression: var expression } whole && model.GetTypeInfo(marked).Type is { } type
            && (expression == marked || (expression is AssignmentExpressionSyntax assignment && assignment.Right == marked)))
        {
            string typeName = type.ToMinimalDisplayString(model, marked.SpanStart), name = FreeName("scope", model, marked.SpanStart);
            yield return (title, whole,
                SyntaxFactory.ParseStatement($"using {typeName} {name} = {marked.WithoutTrivia()};").WithTriviaFrom(whole));
        }
    }

    private static string FreeName(string name, SemanticModel model, int position)
    {
        string free = name;
        for (int number = 2; !model.LookupSymbols(position, name: free).IsEmpty; number++)
        {
            free = name + number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }
        return free;
    }
}
