using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Pyrite.Analyzers.Reading;

/// <summary>Walks over the tree of operations.</summary>
internal static class OperationWalk
{
    /// <summary>An operation and everything in it, in the order of the text.</summary>
    /// <param name="root">Where to begin.</param>
    /// <param name="intoFunctions">Whether to enter lambdas and local functions.</param>
    public static IEnumerable<IOperation> Everything(IOperation root, bool intoFunctions)
    {
        Stack<IOperation> open = new();
        open.Push(root);
        while (open.Count > 0)
        {
            IOperation next = open.Pop();
            yield return next;
            if (next != root && !intoFunctions && IsFunction(next))
            {
                continue;
            }
            foreach (IOperation child in next.ChildOperations.Reverse())
            {
                open.Push(child);
            }
        }
    }

    public static bool IsFunction(IOperation operation) => operation is IAnonymousFunctionOperation or ILocalFunctionOperation;

    /// <summary>The operations around one, from the inside out, up to and with a root.</summary>
    public static IEnumerable<IOperation> Around(IOperation operation, IOperation root)
    {
        for (IOperation? one = operation; one is not null; one = one.Parent)
        {
            yield return one;
            if (one == root)
            {
                yield break;
            }
        }
    }

    /// <summary>The operation without conversions and parentheses around it.</summary>
    public static IOperation Bare(IOperation operation)
    {
        while (true)
        {
            switch (operation)
            {
                case IConversionOperation { OperatorMethod: null } conversion:
                    operation = conversion.Operand;
                    break;
                case IParenthesizedOperation parentheses:
                    operation = parentheses.Operand;
                    break;
                default:
                    return operation;
            }
        }
    }

    /// <summary>As <see cref="Bare"/>, through conversions that an operator makes too, such as that of a number to a tensor.</summary>
    public static IOperation Converted(IOperation operation)
    {
        while (Bare(operation) is IConversionOperation conversion)
        {
            operation = conversion.Operand;
        }
        return Bare(operation);
    }

    /// <summary>What a call is made on: its instance, or the first argument of an extension.</summary>
    public static IOperation? Receiver(IInvocationOperation call) =>
        call.Instance ?? (call.TargetMethod.IsExtensionMethod && call.Arguments.Length > 0 ? call.Arguments[0].Value : null);
}
