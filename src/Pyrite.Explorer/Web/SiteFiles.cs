using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Pyrite.Web;

/// <summary>The page, its styles and its scripts, from inside the assembly.</summary>
internal static class SiteFiles
{
    private const string Prefix = "site/";

    /// <summary>Adds an address for each file.</summary>
    public static void Map(WebApplication server)
    {
        string[] names = typeof(SiteFiles).Assembly.GetManifestResourceNames();
        foreach (string name in names.Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            string path = name[Prefix.Length..];
            byte[] content = Read(name);
            server.MapGet("/" + (path == "index.html" ? "" : path), () => Results.Bytes(content, TypeOf(path)));
        }
    }

    private static byte[] Read(string name)
    {
        using Stream stream = typeof(SiteFiles).Assembly.GetManifestResourceStream(name)!;
        byte[] content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }

    private static string TypeOf(string path) => Path.GetExtension(path) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        _ => "text/javascript; charset=utf-8",
    };
}
