using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;

namespace Pyrite.Analyzers;

/// <summary>What the examples are compiled with: the framework and the libraries of this very run.</summary>
internal static class References
{
    /// <summary>No package is looked for.</summary>
    public static ReferenceAssemblies None { get; } = new("net10.0");

    public static IReadOnlyList<MetadataReference> OfPyrite { get; } =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileNameWithoutExtension(path) is { } name
                && (name.StartsWith("System") || name is "mscorlib" or "netstandard" or "Pyrite" or "ScottPlot" or "SkiaSharp"
                    || (name.StartsWith("Pyrite.") && !name.StartsWith("Pyrite.Analyzers"))))
            .Select(path => MetadataReference.CreateFromFile(path))];

    /// <summary>ASP.NET, which lies beside the framework.</summary>
    public static IEnumerable<MetadataReference> OfServices
    {
        get
        {
            string framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
            string folder = Path.Combine(framework, "..", "..", "Microsoft.AspNetCore.App", Path.GetFileName(framework));
            return Directory.GetFiles(folder, "Microsoft.*.dll").Select(path => MetadataReference.CreateFromFile(path));
        }
    }
}
