using Microsoft.CodeAnalysis;

namespace Pyrite.Analyzers.Reading;

/// <summary>The types of Pyrite that a compilation sees.</summary>
internal sealed class PyriteTypes
{
    private PyriteTypes(INamedTypeSymbol primitives, INamedTypeSymbol tensor, Compilation compilation)
    {
        Primitives = primitives;
        Tensor = tensor;
        Distribution = compilation.GetTypeByMetadataName("Pyrite.Distribution");
        HandlerScope = compilation.GetTypeByMetadataName("Pyrite.HandlerScope");
        StepScope = compilation.GetTypeByMetadataName("Pyrite.StepScope");
        Svi = compilation.GetTypeByMetadataName("Pyrite.Svi`1");
        Disposable = compilation.GetTypeByMetadataName("System.IDisposable");
    }

    public INamedTypeSymbol Primitives { get; }

    public INamedTypeSymbol Tensor { get; }

    public INamedTypeSymbol? Distribution { get; }

    public INamedTypeSymbol? HandlerScope { get; }

    public INamedTypeSymbol? StepScope { get; }

    public INamedTypeSymbol? Svi { get; }

    public INamedTypeSymbol? Disposable { get; }

    /// <summary>Null where the compilation does not use Pyrite.</summary>
    public static PyriteTypes? Of(Compilation compilation) =>
        compilation.GetTypeByMetadataName("Pyrite.Primitives") is { } primitives && compilation.GetTypeByMetadataName("Pyrite.Tensor") is { } tensor
            ? new PyriteTypes(primitives, tensor, compilation)
            : null;

    public bool IsTensor(ITypeSymbol? type) => Same(type, Tensor);

    /// <summary>Whether a symbol belongs to the libraries of Pyrite.</summary>
    public static bool IsOwn(ISymbol? symbol) => symbol?.ContainingAssembly?.Name
        is "Pyrite" or "Pyrite.Tensors" or "Pyrite.Distributions" or "Pyrite.Neural" or "Pyrite.Data" or "Pyrite.Data.Mnist" or "Pyrite.Plotting"
        or "Pyrite.NetCdf" or "Pyrite.Data.Arrow" or "Pyrite.Data.Images" or "Pyrite.Terminal"
        or "Pyrite.Interactive" or "Pyrite.GaussianProcesses";

    public static bool Same(ISymbol? one, ISymbol? other) => SymbolEqualityComparer.Default.Equals(one, other);

    public static bool DerivesFrom(ITypeSymbol? type, ITypeSymbol? ancestor)
    {
        for (ITypeSymbol? one = type; one is not null && ancestor is not null; one = one.BaseType)
        {
            if (Same(one.OriginalDefinition, ancestor))
            {
                return true;
            }
        }
        return false;
    }
}
