using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Pyrite.Analyzers.Reading;

namespace Pyrite.Analyzers.Sites;

/// <summary>The names of all sites that a model or guide can state, also in the methods that it calls.</summary>
internal sealed class SiteNames
{
    // Deeper calls than this are not followed, and the list counts as incomplete.
    private const int MostCalls = 20;

    private readonly PyriteTypes types;
    private readonly SemanticModel? near;
    private readonly CancellationToken cancellation;
    private readonly HashSet<ISymbol> open = new(SymbolEqualityComparer.Default);
    private readonly List<SiteName> names = [];

    private SiteNames(SemanticModel? near, PyriteTypes types, CancellationToken cancellation)
    {
        this.types = types;
        this.near = near;
        this.cancellation = cancellation;
    }

    public IReadOnlyList<SiteName> Names => names;

    /// <summary>Whether there is nothing in the code that could state sites and cannot be read.</summary>
    public bool IsComplete { get; private set; } = true;

    /// <summary>Reads a lambda or a group of methods; null where there is no code to read.</summary>
    public static SiteNames? Of(IOperation target, SemanticModel? near, PyriteTypes types, CancellationToken cancellation)
    {
        SiteNames names = new(near, types, cancellation);
        IOperation? function = target is IMethodReferenceOperation group ? names.Body(group.Method) : target as IAnonymousFunctionOperation;
        if (function is null)
        {
            return null;
        }
        names.Read(function, "", isCertain: true);
        return names;
    }

    public bool MayHave(string name) => names.Any(one => one.MayBe(name));

    private IOperation? Body(IMethodSymbol method) =>
        method.IsVirtual || method.IsAbstract || method.IsOverride ? null : Source.Of(method, near, cancellation);

    private void Read(IOperation function, string prefix, bool isCertain)
    {
        // Lambdas are read where they stand, local functions where they are called.
        foreach (IOperation operation in WithLambdas(function))
        {
            cancellation.ThrowIfCancellationRequested();
            if (Statement.Of(operation, types) is { } statement)
            {
                bool isInside = OperationWalk.Around(operation, function).Any(one => one != function && OperationWalk.IsFunction(one));
                Add(statement, function, prefix, isCertain && !isInside);
            }
            else if (operation is IInvocationOperation call)
            {
                Follow(call, function, prefix, isCertain);
            }
            else if (operation is IObjectCreationOperation { Constructor: { } constructor })
            {
                Follow(constructor, prefix, isCertain);
            }
        }
    }

    private void Add(Statement statement, IOperation function, string prefix, bool isCertain)
    {
        if (statement.Kind is not ("Sample" or "RandomModule"))
        {
            return;
        }
        if (HandlerScopes.Prefix(HandlerScopes.Around(statement.Call, function, types)) is not { } inner)
        {
            IsComplete = false;
            return;
        }
        string suffix = statement.Kind == "RandomModule" ? ".\0" : "";
        names.Add(new SiteName(statement, prefix + inner, suffix, isCertain));
        if (statement.IsGiven("observedMask"))
        {
            names.Add(new SiteName(statement, prefix + inner, "_unobserved", isCertain: false));
            names.Add(new SiteName(statement, prefix + inner, "_observed", isCertain: false));
        }
    }

    private void Follow(IInvocationOperation call, IOperation function, string prefix, bool isCertain)
    {
        IMethodSymbol method = call.TargetMethod;
        if (method.MethodKind == MethodKind.DelegateInvoke || (PyriteTypes.IsOwn(method) && RunsModels(method)))
        {
            IsComplete = false;
        }
        else if (HandlerScopes.Prefix(HandlerScopes.Around(call, function, types)) is { } inner)
        {
            Follow(method, prefix + inner, isCertain);
        }
        else
        {
            IsComplete = false;
        }
    }

    private void Follow(IMethodSymbol method, string prefix, bool isCertain)
    {
        if (method.DeclaringSyntaxReferences.Length == 0)
        {
            // The framework states no sites, and of Pyrite only what runs models does; other libraries may.
            IsComplete &= PyriteTypes.IsOwn(method) || IsOfFramework(method);
            return;
        }
        if (open.Count >= MostCalls || Body(method) is not { } body)
        {
            IsComplete &= method.MethodKind == MethodKind.Constructor;
            return;
        }
        if (open.Add(method))
        {
            Read(body, prefix, isCertain);
            open.Remove(method);
        }
    }

    private static IEnumerable<IOperation> WithLambdas(IOperation function)
    {
        foreach (IOperation operation in OperationWalk.Everything(function, intoFunctions: false))
        {
            if (operation != function && operation is IAnonymousFunctionOperation)
            {
                foreach (IOperation inner in WithLambdas(operation))
                {
                    yield return inner;
                }
            }
            else
            {
                yield return operation;
            }
        }
    }

    private static bool RunsModels(IMethodSymbol method) =>
        method.Name is "Run" or "Wrap" or "Invoke" || method.Parameters.Any(parameter => parameter.Name is "model" or "guide" or "part");

    private static bool IsOfFramework(IMethodSymbol method) =>
        method.ContainingAssembly?.Name is { } name && (name.StartsWith("System", System.StringComparison.Ordinal)
            || name.StartsWith("Microsoft", System.StringComparison.Ordinal) || name is "mscorlib" or "netstandard");
}
