using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Pyrite.Analyzers.Reading;

/// <summary>The scopes of handlers that are open around an operation: they may rename, hide or observe its site.</summary>
internal static class HandlerScopes
{
    /// <summary>The scopes around an operation, outermost first: the prefix of a <c>Scope</c> with a literal name, else the operation that opens
    /// it. Plates are left out.</summary>
    public static List<object> Around(IOperation operation, IOperation root, PyriteTypes types)
    {
        List<object> scopes = [];
        IOperation? inside = null;
        foreach (IOperation around in OperationWalk.Around(operation, root))
        {
            if (around is IUsingOperation opening && inside == opening.Body)
            {
                scopes.AddRange(Opened(opening.Resources, types));
            }
            else if (around is IBlockOperation block)
            {
                IEnumerable<IOperation> before = block.Operations.TakeWhile(statement => statement != inside).Reverse();
                scopes.AddRange(before.OfType<IUsingDeclarationOperation>().SelectMany(one => Opened(one.DeclarationGroup, types)));
            }
            inside = around;
        }
        scopes.Reverse();
        return scopes;
    }

    /// <summary>The prefix that literal <c>Scope</c>s put before a name, or null where another handler is open.</summary>
    public static string? Prefix(IEnumerable<object> scopes)
    {
        string prefix = "";
        foreach (object scope in scopes)
        {
            if (scope is not string part)
            {
                return null;
            }
            prefix += part + "/";
        }
        return prefix;
    }

    private static IEnumerable<object> Opened(IOperation resources, PyriteTypes types)
    {
        IEnumerable<IOperation> values = resources is IVariableDeclarationGroupOperation group
            ? group.Declarations.SelectMany(declaration => declaration.Declarators).Select(one => one.GetVariableInitializer()?.Value)
                .OfType<IOperation>()
            : [resources];
        foreach (IOperation value in values.Select(OperationWalk.Bare).Where(value => PyriteTypes.Same(value.Type, types.HandlerScope)))
        {
            if (Statement.Of(value, types) is not { } statement)
            {
                yield return value;
            }
            else if (statement.Kind == "Scope")
            {
                yield return statement.Name is { } prefix ? prefix : value;
            }
        }
    }
}
