using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Pyrite.Analyzers.Reading;

namespace Pyrite.Analyzers.Scopes;

/// <summary>PYR005: a plate or scope that is opened and never closed.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class OpenScopeAnalyzer : PyriteAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "PYR005";

    private static readonly DiagnosticDescriptor Rule = new(
        Id, "A plate or scope is not closed", "{0} opens a scope that nobody closes: open it in a \"using\"", "Pyrite", DiagnosticSeverity.Warning,
        true, helpLinkUri: HelpLink.Of(Id));

    /// <summary>Makes the analyzer.</summary>
    public OpenScopeAnalyzer() : base(Rule)
    {
    }

    private protected override void Start(CompilationStartAnalysisContext context, PyriteTypes types) =>
        context.RegisterOperationAction(
            operation =>
            {
                IInvocationOperation call = (IInvocationOperation)operation.Operation;
                if (IsScope(call.Type, types) && PyriteTypes.IsOwn(call.TargetMethod) && IsLeftOpen(call) && !IsClosedAround(call, types))
                {
                    string name = call.TargetMethod.Name is "Begin" or "Use" or "Enter"
                        ? call.TargetMethod.ContainingType.Name + "." + call.TargetMethod.Name
                        : call.TargetMethod.Name;
                    operation.ReportDiagnostic(Diagnostic.Create(Rule, call.Syntax.GetLocation(), name));
                }
            },
            OperationKind.Invocation);

    private static bool IsScope(ITypeSymbol? type, PyriteTypes types) =>
        type is not null && PyriteTypes.IsOwn(type) && type.Name.EndsWith("Scope", System.StringComparison.Ordinal)
            && type.AllInterfaces.Contains(types.Disposable!, SymbolEqualityComparer.Default);

    private static bool IsLeftOpen(IInvocationOperation call)
    {
        IOperation user = call.Parent!;
        while (user is IConversionOperation or IParenthesizedOperation)
        {
            user = user.Parent!;
        }
        return user switch
        {
            IExpressionStatementOperation => true,
            ISimpleAssignmentOperation { Target: IDiscardOperation } => true,
            IInvocationOperation further => further.Instance is not null && further.TargetMethod.Name != "Dispose" && IsOn(further.Instance, call),
            IPropertyReferenceOperation => true,
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation local } => IsLocalLeftOpen(local),
            _ => false,
        };
    }

    /// <summary>A handler that is entered after another one of the same function ends with that one: its end restores what was before.</summary>
    private static bool IsClosedAround(IInvocationOperation call, PyriteTypes types)
    {
        if (call.TargetMethod.Name != "Enter")
        {
            return false;
        }
        IOperation function = call;
        while (function.Parent is { } around && !OperationWalk.IsFunction(function))
        {
            function = around;
        }
        return OperationWalk.Everything(function, intoFunctions: false).OfType<IVariableDeclaratorOperation>()
            .Any(local => PyriteTypes.Same(local.Symbol.Type, types.HandlerScope) && local.Syntax.Span.End < call.Syntax.SpanStart);
    }

    private static bool IsOn(IOperation instance, IInvocationOperation call) => OperationWalk.Bare(instance) == call;

    /// <summary>A local that is no resource, and of which nothing is used but its properties.</summary>
    private static bool IsLocalLeftOpen(IVariableDeclaratorOperation local)
    {
        IOperation group = local.Parent!.Parent!;
        if (group.Parent is IUsingOperation or IUsingDeclarationOperation)
        {
            return false;
        }
        IOperation root = group;
        while (root.Parent is not null)
        {
            root = root.Parent;
        }
        return OperationWalk.Everything(root, intoFunctions: true).OfType<ILocalReferenceOperation>()
            .Where(reference => PyriteTypes.Same(reference.Local, local.Symbol))
            .All(reference => reference.Parent is IPropertyReferenceOperation
                || (reference.Parent is IInvocationOperation { TargetMethod.Name: not "Dispose" } call && call.Instance == reference));
    }
}
