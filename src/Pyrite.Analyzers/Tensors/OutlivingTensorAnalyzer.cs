using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Pyrite.Analyzers.Reading;

namespace Pyrite.Analyzers.Tensors;

/// <summary>PYR007: a tensor that is made in a step and stored where it outlives it. Its memory goes back to the pool at the step's end.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class OutlivingTensorAnalyzer : PyriteAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "PYR007";

    private static readonly DiagnosticDescriptor Rule = new(
        Id, "A tensor outlives its step",
        "\"{0}\" outlives the step, and the tensor does not: its memory is used again when the step ends. Store a copy, value.Detach().Keep().",
        "Pyrite", DiagnosticSeverity.Warning, true, helpLinkUri: HelpLink.Of(Id));

    /// <summary>Makes the analyzer.</summary>
    public OutlivingTensorAnalyzer() : base(Rule)
    {
    }

    private protected override void Start(CompilationStartAnalysisContext context, PyriteTypes types) =>
        context.RegisterOperationBlockAction(block =>
        {
            foreach (FunctionBody body in FunctionBody.Of(block, types))
            {
                foreach (IOperation operation in body.Operations)
                {
                    if (Stored(operation, types) is { } stored && StepAround(operation, body, types) is { } step
                        && new StepValues(step).IsMadeInside(stored.Value) && Outlives(stored.Target, step))
                    {
                        block.ReportDiagnostic(Diagnostic.Create(Rule, stored.Value.Syntax.GetLocation(), stored.Target.Syntax.ToString()));
                    }
                }
            }
        });

    /// <summary>What is stored and where, if an operation stores a tensor: an assignment, or a call of <c>Add</c> and its kin.</summary>
    private static (IOperation Target, IOperation Value)? Stored(IOperation operation, PyriteTypes types)
    {
        (IOperation Target, IOperation Value)? stored = operation switch
        {
            ISimpleAssignmentOperation assignment => (assignment.Target, assignment.Value),
            IInvocationOperation { Instance: { } collection, TargetMethod: { Name: "Add" or "Enqueue" or "Push" or "Insert" } method } call
                when call.Arguments.LastOrDefault() is { } added && !PyriteTypes.IsOwn(method) => (collection, added.Value),
            _ => null,
        };
        return stored is { } found && types.IsTensor(OperationWalk.Converted(found.Value).Type) ? stored : null;
    }

    /// <summary>The statement or body in which a step is open around an operation; the body itself where it is a model.</summary>
    private static IOperation? StepAround(IOperation operation, FunctionBody body, PyriteTypes types)
    {
        IOperation? inside = null;
        foreach (IOperation around in OperationWalk.Around(operation, body.Root))
        {
            if (around is IUsingOperation opening && inside == opening.Body && OpensStep(opening.Resources, types))
            {
                return opening.Body;
            }
            if (around is IBlockOperation scope
                && scope.Operations.TakeWhile(statement => statement != inside).OfType<IUsingDeclarationOperation>()
                    .Any(declaration => OpensStep(declaration.DeclarationGroup, types)))
            {
                return scope;
            }
            inside = around;
        }
        return body.IsModel ? body.Root : null;
    }

    private static bool OpensStep(IOperation resources, PyriteTypes types) => OperationWalk.Everything(resources, intoFunctions: false)
        .Any(operation => operation is IInvocationOperation { TargetMethod.Name: "Begin" } call
            && PyriteTypes.Same(call.TargetMethod.ContainingType, types.StepScope));

    private static bool Outlives(IOperation target, IOperation step) => OperationWalk.Bare(target) switch
    {
        // Pyrite's own properties copy what they must, and objects that are being made are judged by where they go.
        IMemberReferenceOperation { Member: IFieldSymbol or IPropertySymbol } member when !PyriteTypes.IsOwn(member.Member) =>
            member.Instance switch
            {
                null or IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } => true,
                IInstanceReferenceOperation => false,
                { } instance => Outlives(instance, step),
            },
        IArrayElementReferenceOperation element => Outlives(element.ArrayReference, step),
        IParameterReferenceOperation parameter => target.Parent is not ISimpleAssignmentOperation || parameter.Parameter.RefKind != RefKind.None,
        ILocalReferenceOperation local =>
            !IsDeclaredIn(local.Local, step) && (target.Parent is not ISimpleAssignmentOperation || IsReadAfter(local, step)),
        _ => false,
    };

    private static bool IsDeclaredIn(ILocalSymbol local, IOperation step) =>
        local.DeclaringSyntaxReferences.Any(reference => step.Syntax.Span.Contains(reference.Span));

    /// <summary>Whether a local of the method is read after its step: within, it may be given its value as often as wanted.</summary>
    private static bool IsReadAfter(ILocalReferenceOperation local, IOperation step)
    {
        IOperation root = step;
        while (root.Parent is not null)
        {
            root = root.Parent;
        }
        return OperationWalk.IsFunction(step) is false && OperationWalk.Everything(root, intoFunctions: true).OfType<ILocalReferenceOperation>()
            .Any(other => PyriteTypes.Same(other.Local, local.Local) && other.Syntax.SpanStart >= step.Syntax.Span.End);
    }
}
