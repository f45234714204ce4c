using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Pyrite.Analyzers.Reading;

namespace Pyrite.Analyzers.Tensors;

/// <summary>Which tensors are made inside a step, as far as its code tells: results of operations are, data and kept copies are not.</summary>
/// <param name="step">The code of the step.</param>
internal sealed class StepValues(IOperation step)
{
    public bool IsMadeInside(IOperation value) => IsMadeInside(value, depth: 0);

    private bool IsMadeInside(IOperation value, int depth) => OperationWalk.Bare(value) switch
    {
        IInvocationOperation { TargetMethod.Name: "Detach" } call => OperationWalk.Receiver(call) is { } whole && IsMadeInside(whole, depth),
        IInvocationOperation call => IsMadeByCall(call),
        IBinaryOperation or IUnaryOperation => true,
        IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } whole } => PyriteTypes.IsOwn(whole.Type) && IsMadeInside(whole, depth),
        ILocalReferenceOperation local => depth < 10 && OperationWalk.Everything(step, intoFunctions: false)
            .Any(operation => AssignedTo(operation, local.Local) is { } assigned && IsMadeInside(assigned, depth + 1)),
        IConditionalOperation { WhenFalse: { } other } choice => IsMadeInside(choice.WhenTrue, depth) || IsMadeInside(other, depth),
        ICoalesceOperation choice => IsMadeInside(choice.Value, depth) || IsMadeInside(choice.WhenNull, depth),
        _ => false,
    };

    /// <summary>What Pyrite computes, and what any other method computes from tensors. A method without tensors may give out what it holds.</summary>
    private static bool IsMadeByCall(IInvocationOperation call) => call.TargetMethod switch
    {
        { Name: "Keep" } => false,

        // What is read from files outlives steps.
        { Name: "Load" } method when PyriteTypes.IsOwn(method) => false,
        { Name: "Sample" or "Param" or "Deterministic" } method when PyriteTypes.IsOwn(method) => true,
        var method => (PyriteTypes.IsOwn(method) && PyriteTypes.IsOwn(method.ReturnType)) || call.Arguments.Any(
            argument => PyriteTypes.IsOwn(argument.Value.Type) && argument.Value.Type?.Name == "Tensor"),
    };

    private static IOperation? AssignedTo(IOperation operation, ILocalSymbol local) => operation switch
    {
        IVariableDeclaratorOperation declarator when PyriteTypes.Same(declarator.Symbol, local) => declarator.GetVariableInitializer()?.Value,
        ISimpleAssignmentOperation { Target: ILocalReferenceOperation target, Value: var value } when PyriteTypes.Same(target.Local, local) => value,
        _ => null,
    };
}
