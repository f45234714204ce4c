using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Pyrite.Analyzers.Sites;

namespace Pyrite.Analyzers;

/// <summary>Says that a draw is thrown away on purpose, or that it is one from the prior.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class UnusedDrawCodeFix : PyriteCodeFix
{
    /// <summary>Makes the fix.</summary>
    public UnusedDrawCodeFix() : base(UnusedDrawAnalyzer.Id)
    {
    }

    private protected override IEnumerable<(string Title, SyntaxNode Before, SyntaxNode After)> Changes(
        Diagnostic diagnostic, SyntaxNode marked, SemanticModel model)
    {
        if (marked is InvocationExpressionSyntax call)
        {
            ExpressionSyntax discarded = SyntaxFactory.ParseExpression("_ = " + call.WithoutTrivia()).WithTriviaFrom(call);
            yield return ("Throw the draw away on purpose", call, discarded);
            ArgumentSyntax fromPrior = (SyntaxFactory.ParseArgumentList("(fromPrior: true)").Arguments[0]).WithLeadingTrivia(SyntaxFactory.Space);
            yield return ("Let inference draw it from its prior", call, call.WithArgumentList(call.ArgumentList.AddArguments(fromPrior)));
        }
    }
}
