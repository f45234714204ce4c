using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Pyrite.Analyzers.Reading;

namespace Pyrite.Analyzers.Sites;

/// <summary>PYR003: in a model with data, a latent site whose value nobody takes has no part in explaining them. Guides draw for the model, and are
/// left alone.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnusedDrawAnalyzer : PyriteAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "PYR003";

    private static readonly DiagnosticDescriptor Rule = new(
        Id, "A draw is thrown away",
        "Site {0} is neither observed nor used: inference learns its prior. Pass the data as observed, use the value, or write \"_ = Sample(…)\".",
        "Pyrite", DiagnosticSeverity.Warning, true, helpLinkUri: HelpLink.Of(Id));

    /// <summary>Makes the analyzer.</summary>
    public UnusedDrawAnalyzer() : base(Rule)
    {
    }

    private protected override void Start(CompilationStartAnalysisContext context, PyriteTypes types) => OnModels(context, types, (block, body) =>
    {
        if (!body.Statements.Any(site => site.IsObserved))
        {
            return;
        }
        foreach (Statement site in body.Statements)
        {
            // What stands in a branch is a forecast that is made on demand.
            if (site.IsLatent && site.Call.Parent is IExpressionStatementOperation
                && !Branches.IsConditional([.. OperationWalk.Around(site.Call, body.Root)])
                && HandlerScopes.Prefix(HandlerScopes.Around(site.Call, body.Root, types)) is not null)
            {
                string name = site.NameArgument?.Syntax.ToString() ?? "";
                block.ReportDiagnostic(Diagnostic.Create(Rule, site.Call.Syntax.GetLocation(), name));
            }
        }
    });
}
