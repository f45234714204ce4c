using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Pyrite.Analyzers.Reading;

namespace Pyrite.Analyzers.Tensors;

/// <summary>The locals of a body that depend on what the model draws or learns, as far as assignments in the body tell.</summary>
internal sealed class DrawnValues
{
    private readonly PyriteTypes types;
    private readonly HashSet<ISymbol> drawn = new(SymbolEqualityComparer.Default);

    public DrawnValues(IOperation root, PyriteTypes types)
    {
        this.types = types;
        List<(ISymbol Local, IOperation Value)> assignments = [.. OperationWalk.Everything(root, intoFunctions: true).SelectMany(Assignments)];

        // A local may depend on one that is assigned later in the text: until nothing changes.
        while (assignments.RemoveAll(one => Depends(one.Value) && Add(one.Local)) > 0)
        {
        }
    }

    /// <summary>Whether a value depends on a draw or a parameter. Shapes and sizes do not.</summary>
    public bool Depends(IOperation value) => value switch
    {
        ILocalReferenceOperation local => drawn.Contains(local.Local),
        IPropertyReferenceOperation { Property.Name: "Shape" or "Rank" or "Count" or "DType" or "BatchShape" or "EventShape" } => false,
        INameOfOperation or IAnonymousFunctionOperation => false,
        _ when Statement.Of(value, types) is { } statement => statement.IsLatent || statement.Kind is "Param" or "Register"
            || (statement.Kind == "Deterministic" && value.ChildOperations.Any(Depends)),
        _ => value.ChildOperations.Any(Depends),
    };

    private bool Add(ISymbol local)
    {
        drawn.Add(local);
        return true;
    }

    private static IEnumerable<(ISymbol, IOperation)> Assignments(IOperation operation)
    {
        switch (operation)
        {
            case IVariableDeclaratorOperation declarator when declarator.GetVariableInitializer() is { Value: { } value }:
                return [(declarator.Symbol, value)];
            case IDeconstructionAssignmentOperation deconstruction:
                return Locals(deconstruction.Target).Select(local => (local, deconstruction.Value));
            case IAssignmentOperation assignment:
                return Locals(assignment.Target).Select(local => (local, assignment.Value));
            case IForEachLoopOperation loop:
                return loop.Locals.Select(local => ((ISymbol)local, loop.Collection));
            default:
                return [];
        }
    }

    // An element that is written makes the whole array depend on the value.
    private static IEnumerable<ISymbol> Locals(IOperation target) => target switch
    {
        ILocalReferenceOperation local => [local.Local],
        ITupleOperation tuple => tuple.Elements.SelectMany(Locals),
        IDeclarationExpressionOperation declaration => Locals(declaration.Expression),
        IArrayElementReferenceOperation element => Locals(element.ArrayReference),
        _ => [],
    };
}
