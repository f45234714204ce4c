using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Pyrite.Analyzers.Reading;

namespace Pyrite.Analyzers.Sites;

/// <summary>PYR001: a run that states one name twice is refused.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SiteNameTwiceAnalyzer : PyriteAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "PYR001";

    private static readonly DiagnosticDescriptor Rule = new(
        Id, "A site's name is used twice", "A run refuses the second site of one name: \"{0}\" {1}", "Pyrite", DiagnosticSeverity.Warning, true,
        helpLinkUri: HelpLink.Of(Id));

    /// <summary>Makes the analyzer.</summary>
    public SiteNameTwiceAnalyzer() : base(Rule)
    {
    }

    private protected override void Start(CompilationStartAnalysisContext context, PyriteTypes types) =>
        OnModels(context, types, (block, body) => Look(block, body, types));

    private static void Look(OperationBlockAnalysisContext context, FunctionBody body, PyriteTypes types)
    {
        List<(Statement Site, List<object> Scopes)> earlier = [];
        foreach (Statement site in body.Statements.Where(site => site.IsNamedOnce && site.Name is not null))
        {
            List<object> scopes = HandlerScopes.Around(site.Call, body.Root, types);
            Statement? first = earlier.FirstOrDefault(
                other => other.Site.Name == site.Name && other.Scopes.SequenceEqual(scopes)
                    && Branches.MayMeet(other.Site.Call, site.Call, body.Root)).Site;
            if (first is not null)
            {
                int line = first.Call.Syntax.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
                Report(context, site, $"stands in line {line.ToString(CultureInfo.InvariantCulture)} already, give each site a "
                    + "name of its own", $"\"{Free(site.Name!, body)}\"");
            }
            else if (LoopAround(site, body, types) is { } loop)
            {
                string? index = loop.Locals.FirstOrDefault(local => local.Type.SpecialType is SpecialType.System_Int32)?.Name;
                string named = "$\"" + site.Name + "{" + (index ?? "i") + "}\"";
                Report(context, site, "comes again in each round of the loop, put the index into the name: " + named, index is null ? null : named);
            }
            earlier.Add((site, scopes));
        }
    }

    /// <summary>The loop that states a site in each of its rounds, under the same handlers.</summary>
    private static ILoopOperation? LoopAround(Statement site, FunctionBody body, PyriteTypes types)
    {
        List<IOperation> path = [];
        foreach (IOperation around in OperationWalk.Around(site.Call, body.Root))
        {
            if (around is ILoopOperation loop)
            {
                bool isLeft = OperationWalk.Everything(loop.Body, intoFunctions: false).Any(
                    one => one is IReturnOperation or IThrowOperation or IBranchOperation { BranchKind: BranchKind.Break or BranchKind.GoTo });
                return path.Contains(loop.Body) && !Branches.IsConditional(path) && !isLeft && !IsOneRound(loop, types)
                    && HandlerScopes.Around(site.Call, loop, types).Count == 0 ? loop : null;
            }
            path.Add(around);
        }
        return null;
    }

    /// <summary>A sequential plate of one entry.</summary>
    private static bool IsOneRound(ILoopOperation loop, PyriteTypes types) => loop is IForEachLoopOperation { Collection: var collection }
        && Statement.Of(OperationWalk.Bare(collection), types) is { Kind: "SequentialPlate" } plate
        && plate.Call.Arguments.Any(argument => argument.Parameter?.Name is "size" or "subsampleSize"
            && OperationWalk.Bare(argument.Value).ConstantValue is { HasValue: true, Value: 1 });

    private static string Free(string name, FunctionBody body)
    {
        int number = 2;
        while (body.Statements.Any(site => site.Name == Numbered(name, number)))
        {
            number++;
        }
        return Numbered(name, number);
    }

    private static string Numbered(string name, int number) => name + "_" + number.ToString(CultureInfo.InvariantCulture);

    private static void Report(OperationBlockAnalysisContext context, Statement site, string why, string? suggestion) =>
        context.ReportDiagnostic(Diagnostic.Create(
            Rule, site.NameArgument!.Syntax.GetLocation(), ImmutableDictionary<string, string?>.Empty.Add(Suggestion, suggestion), site.Name, why));
}
