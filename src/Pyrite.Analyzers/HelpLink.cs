using System.Reflection;

namespace Pyrite.Analyzers;

/// <summary>Where docs/analyzers.md explains a diagnostic; empty where the build knows no address of the repository.</summary>
internal static class HelpLink
{
    private static readonly string? Repository = typeof(HelpLink).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(attribute => attribute.Key == "RepositoryUrl")?.Value;

    public static string Of(string id) =>
        string.IsNullOrEmpty(Repository) ? "" : Repository!.TrimEnd('/') + "/blob/main/docs/analyzers.md#" + id.ToLowerInvariant();
}
