using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Pyrite.Analyzers.Reading;

namespace Pyrite.Analyzers.Families;

/// <summary>PYR008: an argument of a family whose name says that it is something else than the parameter takes.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ArgumentSlipAnalyzer : PyriteAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "PYR008";

    /// <summary>The property of a diagnostic that tells what makes the one from the other.</summary>
    public const string Remedy = "Remedy";

    private static readonly DiagnosticDescriptor Rule = new(
        Id, "An argument of a family is not what its parameter takes", "\"{0}\" does not look like what {1} takes as {2}: {3}", "Pyrite",
        DiagnosticSeverity.Warning, true, helpLinkUri: HelpLink.Of(Id));

    /// <summary>Makes the analyzer.</summary>
    public ArgumentSlipAnalyzer() : base(Rule)
    {
    }

    private protected override void Start(CompilationStartAnalysisContext context, PyriteTypes types) =>
        context.RegisterOperationAction(operation => Look(operation, types), OperationKind.ObjectCreation);

    private static void Look(OperationAnalysisContext context, PyriteTypes types)
    {
        IObjectCreationOperation creation = (IObjectCreationOperation)context.Operation;
        if (creation.Constructor is not { } constructor || !PyriteTypes.IsOwn(creation.Type)
            || !PyriteTypes.DerivesFrom(creation.Type, types.Distribution))
        {
            return;
        }
        foreach (IArgumentOperation argument in creation.Arguments.Where(one => one.ArgumentKind == ArgumentKind.Explicit))
        {
            if (argument.Parameter is { } parameter
                && FamilySlips.Find(constructor, parameter, ArgumentName.RoleOf(argument.Value, types)) is { } slip)
            {
                // A remedy that names another parameter needs a family that has it.
                string remedy = slip.Remedy.StartsWith("name:", System.StringComparison.Ordinal)
                    && !constructor.Parameters.Any(other => other.Name == slip.Remedy.Substring("name:".Length)) ? "" : slip.Remedy;
                context.ReportDiagnostic(Diagnostic.Create(
                    Rule, argument.Syntax.GetLocation(), ImmutableDictionary<string, string?>.Empty.Add(Remedy, remedy),
                    argument.Value.Syntax.ToString(), constructor.ContainingType.Name, parameter.Name, slip.Takes));
            }
        }
    }
}
