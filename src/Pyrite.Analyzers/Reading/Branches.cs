using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Pyrite.Analyzers.Reading;

/// <summary>Which operations of a body can run in one and the same run of it.</summary>
internal static class Branches
{
    /// <summary>Whether a run may meet both operations, as far as the shape of the code tells: branches that exclude each other, or may well do,
    /// keep them apart.</summary>
    /// <param name="first">The one that stands first.</param>
    /// <param name="second">The one that stands later.</param>
    /// <param name="root">The body that both stand in.</param>
    public static bool MayMeet(IOperation first, IOperation second, IOperation root)
    {
        List<IOperation> aroundFirst = [.. OperationWalk.Around(first, root)], aroundSecond = [.. OperationWalk.Around(second, root)];
        IOperation common = aroundFirst.First(aroundSecond.Contains);
        List<IOperation> pathOfFirst = [.. aroundFirst.TakeWhile(one => one != common)];
        List<IOperation> pathOfSecond = [.. aroundSecond.TakeWhile(one => one != common)];
        IOperation? partOfFirst = pathOfFirst.LastOrDefault(), partOfSecond = pathOfSecond.LastOrDefault();
        if (partOfFirst is not null && partOfSecond is not null && IsChoice(common, partOfFirst) && IsChoice(common, partOfSecond))
        {
            return false;
        }
        bool isFirstConditional = IsConditional(pathOfFirst), isSecondConditional = IsConditional(pathOfSecond);
        return !(isFirstConditional && isSecondConditional) && !(isFirstConditional && pathOfFirst.Any(Leaves));
    }

    /// <summary>Whether an operation need not run when the outermost one of its path does.</summary>
    /// <param name="path">The operation and those around it, from the inside out.</param>
    public static bool IsConditional(IReadOnlyList<IOperation> path)
    {
        for (int i = 1; i < path.Count; i++)
        {
            if (IsChoice(path[i], path[i - 1]))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>Whether a part of an operation runs in some cases only.</summary>
    private static bool IsChoice(IOperation operation, IOperation part) => operation switch
    {
        IConditionalOperation condition => part == condition.WhenTrue || part == condition.WhenFalse,
        ISwitchOperation choice => part != choice.Value,
        ISwitchExpressionOperation choice => part != choice.Value,
        ICoalesceOperation coalesce => part == coalesce.WhenNull,
        ICoalesceAssignmentOperation => true,
        IConditionalAccessOperation access => part == access.WhenNotNull,
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } logic => part == logic.RightOperand,
        ITryOperation => true,
        _ => false,
    };

    private static bool Leaves(IOperation operation) => operation switch
    {
        IBlockOperation block => block.Operations.LastOrDefault() is { } last && IsExit(last),
        ISwitchCaseOperation section => section.Body.LastOrDefault() is { } last && last is not IBranchOperation && IsExit(last),
        _ => IsExit(operation),
    };

    private static bool IsExit(IOperation operation) =>
        operation is IReturnOperation or IBranchOperation or IThrowOperation or IExpressionStatementOperation { Operation: IThrowOperation };
}
