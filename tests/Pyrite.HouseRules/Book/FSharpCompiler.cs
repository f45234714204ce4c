using System.Diagnostics;

namespace Pyrite.Book;

/// <summary>Compiles printed programs in F# by the compiler of the SDK.</summary>
internal static class FSharpCompiler
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", ".."));

    /// <summary>What the compiler has against programs, each of which becomes a module of one library; empty for nothing.</summary>
    public static string Errors(IReadOnlyList<Snippet> snippets)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("pyrite-snippets-");
        try
        {
            string[] files = [.. snippets.Select((_, index) => $"{index}.fs")];
            for (int i = 0; i < files.Length; i++)
            {
                // Errors are counted from the block's first line.
                File.WriteAllText(Path.Combine(folder.FullName, files[i]), $"module Snippet{i}\n# 1 \"{snippets[i]}\"\n{snippets[i].Code}");
            }
            return Run(folder.FullName, files);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Run(string folder, string[] files)
    {
        string compiler = Directory.EnumerateFiles(Path.Combine(Root, "sdk"), "fsc.dll", SearchOption.AllDirectories)
            .OrderByDescending(file => file, StringComparer.Ordinal).First();
        string[] references = [Path.Combine(Path.GetDirectoryName(compiler)!, "FSharp.Core.dll"), .. SnippetCompiler.Offered];
        ProcessStartInfo start = new(Path.Combine(Root, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"),
            [compiler, "--nologo", "--target:library", "--noframework", "--targetprofile:netcore", "--nowin32manifest", "--out:snippets.dll",
                "--warnaserror+", .. references.Select(file => $"-r:{file}"), .. files])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd() + error.GetAwaiter().GetResult();
        process.WaitForExit();
        return process.ExitCode == 0 ? "" : $"{output}\nexit code {process.ExitCode}";
    }
}
