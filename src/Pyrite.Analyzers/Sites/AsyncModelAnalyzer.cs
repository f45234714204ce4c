using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Pyrite.Analyzers.Reading;

namespace Pyrite.Analyzers.Sites;

/// <summary>PYR006: an async model returns at its first await, and the rest runs outside of the run.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AsyncModelAnalyzer : PyriteAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "PYR006";

    private static readonly DiagnosticDescriptor Rule = new(
        Id, "A model or guide is async",
        "A model or guide must be over when it returns, and this one is async: make it an ordinary method, await data before and give them to it",
        "Pyrite", DiagnosticSeverity.Warning, true, helpLinkUri: HelpLink.Of(Id));

    /// <summary>Makes the analyzer.</summary>
    public AsyncModelAnalyzer() : base(Rule)
    {
    }

    private protected override void Start(CompilationStartAnalysisContext context, PyriteTypes types)
    {
        OnModels(context, types, (block, body) =>
        {
            if (body.Method is { IsAsync: true } && body.Statements.Any(site => site.Kind is "Sample" or "Param" or "Factor" or "Register"))
            {
                block.ReportDiagnostic(Diagnostic.Create(Rule, Head(body.Root.Syntax, body.Method)));
            }
        });
        context.RegisterOperationAction(call => LookAtArgument(call, types), OperationKind.Argument);
    }

    /// <summary>Functions that are given to Pyrite as model or guide and state nothing themselves.</summary>
    private static void LookAtArgument(OperationAnalysisContext context, PyriteTypes types)
    {
        IArgumentOperation argument = (IArgumentOperation)context.Operation;
        if (argument.Parameter is not { Name: "model" or "guide" } parameter || !PyriteTypes.IsOwn(parameter.ContainingSymbol)
            || OperationWalk.Bare(argument.Value) is not IDelegateCreationOperation { Target: { } target })
        {
            return;
        }
        bool isAsync = target switch
        {
            IAnonymousFunctionOperation lambda => lambda.Symbol.IsAsync && FunctionBody.Of(lambda, types) is { IsModel: false },
            IMethodReferenceOperation group => group.Method.IsAsync && !States(group.Method, context, types),
            _ => false,
        };
        if (isAsync)
        {
            context.ReportDiagnostic(Diagnostic.Create(Rule, argument.Syntax.GetLocation()));
        }
    }

    private static bool States(IMethodSymbol method, OperationAnalysisContext context, PyriteTypes types) =>
        FunctionBody.Of(Source.Of(method, context.Operation.SemanticModel, context.CancellationToken), types) is { IsModel: true };

    private static Location Head(SyntaxNode syntax, IMethodSymbol method) => syntax switch
    {
        AnonymousFunctionExpressionSyntax lambda => lambda.AsyncKeyword.GetLocation(),
        LocalFunctionStatementSyntax local => local.Modifiers.First(modifier => modifier.IsKind(SyntaxKind.AsyncKeyword)).GetLocation(),
        _ => syntax.FirstAncestorOrSelf<MethodDeclarationSyntax>()?.Modifiers.FirstOrDefault(modifier => modifier.IsKind(SyntaxKind.AsyncKeyword))
            is { RawKind: not 0 } keyword ? keyword.GetLocation() : method.Locations[0],
    };
}
