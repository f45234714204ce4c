using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Pyrite.Analyzers.Sites;

namespace Pyrite.Analyzers;

/// <summary>Gives a site the name that the diagnostic proposes.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class SiteNameCodeFix : PyriteCodeFix
{
    /// <summary>Makes the fix.</summary>
    public SiteNameCodeFix() : base(SiteNameTwiceAnalyzer.Id, GuideNameAnalyzer.Id)
    {
    }

    private protected override IEnumerable<(string Title, SyntaxNode Before, SyntaxNode After)> Changes(
        Diagnostic diagnostic, SyntaxNode marked, SemanticModel model)
    {
        if (marked is ExpressionSyntax && diagnostic.Properties.TryGetValue(PyriteAnalyzer.Suggestion, out string? text) && text is not null)
        {
            yield return ($"Name the site {text}", marked, SyntaxFactory.ParseExpression(text).WithTriviaFrom(marked));
        }
    }
}
