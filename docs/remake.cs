#!/usr/bin/env dotnet
// Makes what the tutorials show: runs each sample in full, copies the pictures that its page shows, and writes what it prints into the page.
// Code in a page is taken from the sample anew, from the first line of a block to its last. Run it: dotnet run docs/remake.cs [01 12 …]
// Without numbers it takes all tutorials, about ten minutes on two cores; --code refreshes code alone and runs nothing.
#:property PublishAot=false
using System.Diagnostics;

string root = Environment.CurrentDirectory;
string folder = Path.Combine(root, "docs", "tutorials");
if (!Directory.Exists(folder))
{
    Console.Error.WriteLine("There is no folder docs/tutorials here. Run this in the root of the repository.");
    return 1;
}
bool onlyCode = args.Contains("--code");
string[] chosen = [.. args.Where(argument => argument != "--code")];
int failures = 0;
foreach (string page in Directory.EnumerateFiles(folder, "*.md").Order(StringComparer.Ordinal))
{
    string name = Path.GetFileNameWithoutExtension(page);
    if (!char.IsDigit(name[0]) || (chosen.Length > 0 && !chosen.Any(number => name.StartsWith(number, StringComparison.Ordinal))))
    {
        continue;
    }
    string sample = Path.Combine(root, "samples", name + ".cs");
    List<string> lines = [.. File.ReadAllLines(page)];
    failures += TakeCode(lines, File.ReadAllLines(sample), name);
    if (!onlyCode)
    {
        (int code, string printed) = Run(sample);
        Console.WriteLine($"{name}: exit code {code}");
        failures += code == 0 ? 0 : 1;
        PutOutput(lines, printed);
        CopyPictures(lines, name);
    }
    File.WriteAllText(page, string.Join('\n', lines) + "\n");
}
return failures == 0 ? 0 : 1;

static (int Code, string Printed) Run(string sample)
{
    // The programs share a folder of intermediate files, and with it the host that names the program to start: one of another would start that.
    File.Delete(Path.Combine("artifacts", "obj", "release", "apphost"));
    ProcessStartInfo start = new("dotnet", ["run", "-c", "Release", sample]) { RedirectStandardOutput = true };
    start.Environment.Remove("PYRITE_SHORT");
    using Process process = Process.Start(start)!;
    string printed = process.StandardOutput.ReadToEnd();
    process.WaitForExit();
    return (process.ExitCode, printed);
}

// A block's first and last line say what it holds; a block whose ends are gone from the sample is for a person.
static int TakeCode(List<string> page, string[] sample, string name)
{
    int failures = 0;
    for (int open = 0; open < page.Count; open++)
    {
        if (page[open] != "```csharp")
        {
            continue;
        }
        int close = page.IndexOf("```", open);
        string[] block = [.. page.Skip(open + 1).Take(close - open - 1)];
        int first = Array.IndexOf(sample, block[0]), last = first < 0 ? -1 : Array.IndexOf(sample, block[^1], first);
        bool isThere = Enumerable.Range(0, sample.Length).Any(at => sample.Skip(at).Take(block.Length).SequenceEqual(block));
        if (!isThere && last < 0)
        {
            Console.Error.WriteLine($"{name}: the sample has no lines from \"{block[0]}\" to \"{block[^1]}\". Put the code there by hand.");
            failures++;
        }
        else if (!isThere)
        {
            page.RemoveRange(open + 1, block.Length);
            page.InsertRange(open + 1, sample[first..(last + 1)]);
        }
    }
    return failures;
}

static void PutOutput(List<string> page, string printed)
{
    int open = page.IndexOf("```text");
    if (open >= 0)
    {
        page.RemoveRange(open + 1, page.IndexOf("```", open) - open - 1);
        page.InsertRange(open + 1, printed.TrimEnd().Split('\n').Select(line => line.TrimEnd()));
    }
}

void CopyPictures(List<string> page, string name)
{
    string shown = $"(../images/{name}/";
    foreach (string line in page.Where(line => line.StartsWith("![", StringComparison.Ordinal) && line.Contains(shown)))
    {
        string file = line[(line.IndexOf(shown, StringComparison.Ordinal) + shown.Length)..].TrimEnd(')');
        Directory.CreateDirectory(Path.Combine(root, "docs", "images", name));
        File.Copy(Path.Combine(root, "runs", name, file), Path.Combine(root, "docs", "images", name, file), overwrite: true);
    }
}
