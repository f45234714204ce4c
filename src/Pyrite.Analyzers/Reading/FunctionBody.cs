using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Pyrite.Analyzers.Reading;

/// <summary>The body of a method, local function or lambda, without the functions inside it.</summary>
internal sealed class FunctionBody
{
    private FunctionBody(IMethodSymbol? method, IOperation root, PyriteTypes types)
    {
        Method = method;
        Root = root;
        Operations = [.. OperationWalk.Everything(root, intoFunctions: false)];
        Statements = [.. Operations.Select(operation => Statement.Of(operation, types)).OfType<Statement>()];
    }

    /// <summary>Null for the initializer of a field.</summary>
    public IMethodSymbol? Method { get; }

    public IOperation Root { get; }

    /// <summary>What stands in the body, in the order of the text.</summary>
    public IReadOnlyList<IOperation> Operations { get; }

    /// <summary>The statements of Pyrite among them.</summary>
    public IReadOnlyList<Statement> Statements { get; }

    /// <summary>Whether this states something as models and guides do. The main part of a program and a test are none: what stands there acts at
    /// once.</summary>
    public bool IsModel =>
        Statements.Count > 0 && Method is { Name: not WellKnownMemberNames.TopLevelStatementsEntryPointMethodName } && !IsTest(Method);

    /// <summary>The body of the block that is analyzed, and those of all functions in it.</summary>
    public static IEnumerable<FunctionBody> Of(OperationBlockAnalysisContext context, PyriteTypes types)
    {
        foreach (IOperation block in context.OperationBlocks)
        {
            yield return new FunctionBody(context.OwningSymbol as IMethodSymbol, block, types);
            foreach (IOperation function in OperationWalk.Everything(block, intoFunctions: true).Where(OperationWalk.IsFunction))
            {
                yield return Of(function, types)!;
            }
        }
    }

    private static bool IsTest(IMethodSymbol method)
    {
        foreach (AttributeData attribute in method.GetAttributes())
        {
            for (INamedTypeSymbol? type = attribute.AttributeClass; type is not null; type = type.BaseType)
            {
                if (type.Name is "FactAttribute" or "TestAttribute" or "TestCaseAttribute" or "TestMethodAttribute")
                {
                    return true;
                }
            }
        }
        return false;
    }

    /// <summary>The body of a lambda, local function or method; null for other operations.</summary>
    public static FunctionBody? Of(IOperation? function, PyriteTypes types) => function switch
    {
        IAnonymousFunctionOperation lambda => new FunctionBody(lambda.Symbol, lambda, types),
        ILocalFunctionOperation local => new FunctionBody(local.Symbol, local, types),
        IMethodBodyBaseOperation method =>
            new FunctionBody(method.SemanticModel?.GetDeclaredSymbol(method.Syntax) as IMethodSymbol, method, types),
        _ => null,
    };
}
