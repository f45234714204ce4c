using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Pyrite.Analyzers;

/// <summary>What all fixes share: each is one change of the syntax around the place that a diagnostic marks.</summary>
public abstract class PyriteCodeFix : CodeFixProvider
{
    private protected PyriteCodeFix(params string[] ids) => FixableDiagnosticIds = [.. ids];

    /// <summary>The ids of the rules.</summary>
    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; }

    /// <summary>All places of a project at once.</summary>
    public sealed override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <summary>Offers what can be done.</summary>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        if (await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false) is not { } root)
        {
            return;
        }
        SemanticModel? model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            SyntaxNode marked = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
            foreach ((string title, SyntaxNode before, SyntaxNode after) in Changes(diagnostic, marked, model!))
            {
                CodeAction change = CodeAction.Create(
                    title, _ => Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceNode(before, after))), diagnostic.Id + ": " + title);
                context.RegisterCodeFix(change, diagnostic);
            }
        }
    }

    /// <summary>The changes to offer for a diagnostic: a title, a node, and what to write instead.</summary>
    private protected abstract IEnumerable<(string Title, SyntaxNode Before, SyntaxNode After)> Changes(
        Diagnostic diagnostic, SyntaxNode marked, SemanticModel model);
}
