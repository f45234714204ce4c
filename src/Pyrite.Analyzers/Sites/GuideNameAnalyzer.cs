using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Pyrite.Analyzers.Reading;

namespace Pyrite.Analyzers.Sites;

/// <summary>PYR002: what the guide draws and the model does not have.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class GuideNameAnalyzer : PyriteAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "PYR002";

    private static readonly DiagnosticDescriptor Rule = new(
        Id, "The guide draws a site that the model does not have",
        "The guide draws \"{0}\", which the model does not have{1}; mark a site that only the guide has with auxiliary: true", "Pyrite",
        DiagnosticSeverity.Warning, true, helpLinkUri: HelpLink.Of(Id));

    /// <summary>Makes the analyzer.</summary>
    public GuideNameAnalyzer() : base(Rule)
    {
    }

    private protected override void Start(CompilationStartAnalysisContext context, PyriteTypes types)
    {
        // By file, because what is found belongs to the guide and not to the call, and editors show what belongs to the file they look at.
        context.RegisterSemanticModelAction(file =>
        {
            HashSet<Location> reported = [];
            foreach (SyntaxNode node in file.SemanticModel.SyntaxTree.GetRoot(file.CancellationToken).DescendantNodes())
            {
                if (node is BaseObjectCreationExpressionSyntax { ArgumentList.Arguments.Count: >= 4 }
                    && file.SemanticModel.GetOperation(node, file.CancellationToken) is IObjectCreationOperation creation
                    && PyriteTypes.Same(creation.Type?.OriginalDefinition, types.Svi))
                {
                    Look(file, creation, types, reported);
                }
            }
        });
    }

    private static void Look(SemanticModelAnalysisContext context, IObjectCreationOperation creation, PyriteTypes types, HashSet<Location> reported)
    {
        if (Names(creation, "model", context, types) is not { IsComplete: true } model || Names(creation, "guide", context, types) is not { } guide)
        {
            return;
        }
        HashSet<string> drawn = [.. guide.Names.Select(name => name.Text)];
        foreach (SiteName name in guide.Names.Where(name => name.IsKnown && name.IsCertain && name.Site.IsLatent && !model.MayHave(name.Text)))
        {
            // The nearest of those that the guide still lacks; all others are taken.
            string? nearest = NameDistance.Nearest(
                name.Text, model.Names.Where(one => one.IsKnown && one.Site.IsLatent && !drawn.Contains(one.Text)).Select(one => one.Text));
            SyntaxNode written = name.Site.NameArgument!.Syntax;
            bool isHere = written.SyntaxTree == creation.Syntax.SyntaxTree;

            // A guide in another file is told at the call.
            Location place = isHere ? written.GetLocation() : Argument(creation, "guide")!.Syntax.GetLocation();
            if (reported.Add(place) || !isHere)
            {
                ImmutableDictionary<string, string?> properties = ImmutableDictionary<string, string?>.Empty;
                if (nearest is not null && isHere && name.Prefix.Length == 0)
                {
                    properties = properties.Add(Suggestion, $"\"{nearest}\"");
                }
                context.ReportDiagnostic(Diagnostic.Create(
                    Rule, place, [written.GetLocation()], properties, name.Text, nearest is null ? "" : $" (nearest: \"{nearest}\")"));
            }
        }
    }

    private static SiteNames? Names(IObjectCreationOperation creation, string parameter, SemanticModelAnalysisContext context, PyriteTypes types) =>
        Argument(creation, parameter) is { Value: { } value }
        && OperationWalk.Bare(value) is IDelegateCreationOperation { Target: { } target }
            ? SiteNames.Of(target, creation.SemanticModel, types, context.CancellationToken)
            : null;

    private static IArgumentOperation? Argument(IObjectCreationOperation creation, string parameter) =>
        creation.Arguments.FirstOrDefault(argument => argument.Parameter?.Name == parameter);
}
