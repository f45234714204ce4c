using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Pyrite.Analyzers.Reading;

/// <summary>A call of one of Pyrite's statements: <c>Sample</c>, <c>Param</c>, <c>Plate</c> and so on.</summary>
internal sealed class Statement
{
    private Statement(IInvocationOperation call) => Call = call;

    public IInvocationOperation Call { get; }

    /// <summary>The name of the statement: <c>Sample</c>…</summary>
    public string Kind => Call.TargetMethod.Name;

    /// <summary>The site's name as it is written.</summary>
    public IOperation? NameArgument => Call.Arguments.FirstOrDefault(argument => argument.Parameter?.Name is "name" or "prefix")?.Value;

    /// <summary>The site's name, where the compiler knows it.</summary>
    public string? Name => NameArgument?.ConstantValue is { HasValue: true, Value: string name } ? name : null;

    /// <summary>Whether this makes a site whose name must be the only one of its kind in a run.</summary>
    public bool IsNamedOnce => Kind is "Sample" or "Deterministic" or "Factor";

    /// <summary>Whether this is a draw that is not observed, and not meant to stand in the guide or the model alone.</summary>
    public bool IsLatent => Kind == "Sample" && !IsGiven("observed") && !IsGiven("auxiliary") && !IsGiven("fromPrior");

    public bool IsObserved => Kind == "Factor" || (Kind == "Sample" && IsGiven("observed"));

    public static Statement? Of(IOperation operation, PyriteTypes types) =>
        operation is IInvocationOperation call && PyriteTypes.Same(call.TargetMethod.ContainingType, types.Primitives) ? new Statement(call) : null;

    /// <summary>Whether an argument is there and is neither null nor false.</summary>
    public bool IsGiven(string parameter) => Call.Arguments.Any(argument => argument.Parameter?.Name == parameter
        && argument.ArgumentKind != ArgumentKind.DefaultValue
        && OperationWalk.Bare(argument.Value) is { } value
        && value.ConstantValue is not { HasValue: true, Value: null or false }
        && value is not IDefaultValueOperation);
}
