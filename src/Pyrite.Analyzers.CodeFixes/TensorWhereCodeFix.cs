using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Pyrite.Analyzers.Tensors;

namespace Pyrite.Analyzers;

/// <summary>Writes <c>z.Item() &gt; 0 ? a : b</c> as <c>Tensor.Where(z &gt; 0, a, b)</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class TensorWhereCodeFix : PyriteCodeFix
{
    /// <summary>Makes the fix.</summary>
    public TensorWhereCodeFix() : base(TensorReadAnalyzer.Id)
    {
    }

    private protected override IEnumerable<(string Title, SyntaxNode Before, SyntaxNode After)> Changes(
        Diagnostic diagnostic, SyntaxNode marked, SemanticModel model)
    {
        if (marked is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "Item" } member } read
            && marked.FirstAncestorOrSelf<ConditionalExpressionSyntax>() is { } choice
            && Bare(choice.Condition) is BinaryExpressionSyntax comparison && IsOrder(comparison) && Bare(comparison.Left) == read
            && model.GetTypeInfo(choice).ConvertedType is { Name: "Tensor" })
        {
            ExpressionSyntax condition = comparison.ReplaceNode(read, member.Expression.WithTriviaFrom(read)).WithoutTrivia();
            string written = $"Tensor.Where({condition}, {choice.WhenTrue.WithoutTrivia()}, {choice.WhenFalse.WithoutTrivia()})";
            yield return ("Choose with Tensor.Where", choice, SyntaxFactory.ParseExpression(written).WithTriviaFrom(choice));
        }
    }

    private static bool IsOrder(ExpressionSyntax expression) => expression.Kind() is SyntaxKind.GreaterThanExpression
        or SyntaxKind.GreaterThanOrEqualExpression or SyntaxKind.LessThanExpression or SyntaxKind.LessThanOrEqualExpression;

    private static ExpressionSyntax Bare(ExpressionSyntax expression)
    {
        while (expression is ParenthesizedExpressionSyntax parentheses)
        {
            expression = parentheses.Expression;
        }
        return expression;
    }
}
