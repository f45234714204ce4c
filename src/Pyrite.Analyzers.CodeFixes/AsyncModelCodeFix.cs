using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Pyrite.Analyzers.Sites;

namespace Pyrite.Analyzers;

/// <summary>Takes <c>async</c> from a model that awaits nothing and returns nothing.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class AsyncModelCodeFix : PyriteCodeFix
{
    /// <summary>Makes the fix.</summary>
    public AsyncModelCodeFix() : base(AsyncModelAnalyzer.Id)
    {
    }

    private protected override IEnumerable<(string Title, SyntaxNode Before, SyntaxNode After)> Changes(
        Diagnostic diagnostic, SyntaxNode marked, SemanticModel model)
    {
        SyntaxNode? function = marked.AncestorsAndSelf().FirstOrDefault(
            node => node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MethodDeclarationSyntax);
        if (function is null || function.DescendantNodes().Any(
            node => node is AwaitExpressionSyntax or ReturnStatementSyntax or CommonForEachStatementSyntax { AwaitKeyword.RawKind: not 0 }))
        {
            yield break;
        }
        SyntaxNode? changed = function switch
        {
            AnonymousFunctionExpressionSyntax lambda => lambda.WithAsyncKeyword(default).WithTriviaFrom(lambda),
            LocalFunctionStatementSyntax local => local.WithModifiers(WithoutAsync(local.Modifiers)).WithReturnType(Void(local.ReturnType))
                .WithTriviaFrom(local),
            MethodDeclarationSyntax method => method.WithModifiers(WithoutAsync(method.Modifiers)).WithReturnType(Void(method.ReturnType))
                .WithTriviaFrom(method),
            _ => null,
        };
        if (changed is not null)
        {
            yield return ("Make it an ordinary method", function, changed);
        }
    }

    private static SyntaxTokenList WithoutAsync(SyntaxTokenList modifiers) =>
        SyntaxFactory.TokenList(modifiers.Where(modifier => !modifier.IsKind(SyntaxKind.AsyncKeyword)));

    private static TypeSyntax Void(TypeSyntax type) =>
        SyntaxFactory.PredefinedType(SyntaxFactory.Token(SyntaxKind.VoidKeyword)).WithTriviaFrom(type);
}
