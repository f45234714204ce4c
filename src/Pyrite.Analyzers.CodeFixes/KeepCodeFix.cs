using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Pyrite.Analyzers.Tensors;

namespace Pyrite.Analyzers;

/// <summary>Stores a copy that outlives the step.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class KeepCodeFix : PyriteCodeFix
{
    /// <summary>Makes the fix.</summary>
    public KeepCodeFix() : base(OutlivingTensorAnalyzer.Id)
    {
    }

    private protected override IEnumerable<(string Title, SyntaxNode Before, SyntaxNode After)> Changes(
        Diagnostic diagnostic, SyntaxNode marked, SemanticModel model)
    {
        if (((marked as ArgumentSyntax)?.Expression ?? marked) is ExpressionSyntax value)
        {
            string text = value.WithoutTrivia().ToString();
            bool isSimple = value is IdentifierNameSyntax or MemberAccessExpressionSyntax or InvocationExpressionSyntax
                or ElementAccessExpressionSyntax or ParenthesizedExpressionSyntax;
            string kept = (isSimple ? text : "(" + text + ")") + ".Detach().Keep()";
            yield return ("Store a copy with Detach().Keep()", value, SyntaxFactory.ParseExpression(kept).WithTriviaFrom(value));
        }
    }
}
