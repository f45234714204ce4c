using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Pyrite.Analyzers.Reading;

namespace Pyrite.Analyzers.Tensors;

/// <summary>PYR004: a model that reads a value which it draws or learns, mostly to branch on it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TensorReadAnalyzer : PyriteAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "PYR004";

    private static readonly DiagnosticDescriptor Rule = new(
        Id, "A model reads a value that it draws or learns", "{0}", "Pyrite", DiagnosticSeverity.Warning, true, helpLinkUri: HelpLink.Of(Id));

    /// <summary>Makes the analyzer.</summary>
    public TensorReadAnalyzer() : base(Rule)
    {
    }

    private protected override void Start(CompilationStartAnalysisContext context, PyriteTypes types) => OnModels(context, types, (block, body) =>
    {
        DrawnValues drawn = new(body.Root, types);
        foreach (IOperation operation in OperationWalk.Everything(body.Root, intoFunctions: true).Where(one => IsOf(one, body, types)))
        {
            if (operation is IInvocationOperation call && IsRead(call, types) && drawn.Depends(OperationWalk.Receiver(call)!))
            {
                block.ReportDiagnostic(Diagnostic.Create(Rule, call.Syntax.GetLocation(),
                    $"{call.TargetMethod.Name} reads a value that the model draws or learns: the run waits for it, and its gradient is lost. Go on "
                        + "with tensors: Tensor.Where(condition, a, b) chooses without a branch."));
            }
            else if (IsSameObject(operation, types) && operation.ChildOperations.Any(drawn.Depends))
            {
                block.ReportDiagnostic(Diagnostic.Create(Rule, operation.Syntax.GetLocation(),
                    "== and != ask whether two tensors are the same object, not whether their values are equal. Compare values with EqualTo or "
                        + "NotEqualTo, and choose with Tensor.Where(condition, a, b)."));
            }
        }
    });

    /// <summary>Whether an operation belongs to this model, and not to one inside it that is looked at on its own.</summary>
    private static bool IsOf(IOperation operation, FunctionBody body, PyriteTypes types) =>
        operation is IInvocationOperation or IBinaryOperation
        && !OperationWalk.Around(operation, body.Root)
            .Any(around => around != body.Root && OperationWalk.IsFunction(around) && FunctionBody.Of(around, types) is { IsModel: true });

    private static bool IsRead(IInvocationOperation call, PyriteTypes types)
    {
        IMethodSymbol method = call.TargetMethod;
        return PyriteTypes.IsOwn(method) && types.IsTensor(OperationWalk.Receiver(call)?.Type)
            && (method.Name is "Item" or "ToArray" or "AsTensorSpan" or "CopyTo"
                || (method.Name is "All" or "Any" or "AllFinite" && method.ReturnType.SpecialType == SpecialType.System_Boolean));
    }

    private static bool IsSameObject(IOperation operation, PyriteTypes types) =>
        operation is IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals, OperatorMethod: null } comparison
        && types.IsTensor(OperationWalk.Bare(comparison.LeftOperand).Type) && types.IsTensor(OperationWalk.Bare(comparison.RightOperand).Type);
}
