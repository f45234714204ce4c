#!/usr/bin/env dotnet
// Writes what the public API has become into each library's PublicAPI.Unshipped.txt, as an editor's fix of RS0016 and RS0017 does.
// Run it in the root of the repository, look at the diff, and commit it with the code: dotnet run src/accept-api.cs
#:property PublishAot=false
using System.Diagnostics;
using System.Text.RegularExpressions;

ProcessStartInfo build = new("dotnet", ["build", "Pyrite.slnx", "-c", "Release", "-p:WarningsNotAsErrors=RS0016%3BRS0017", "-tl:off", "-v:q"])
{
    RedirectStandardOutput = true,
};
build.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
using Process process = Process.Start(build)!;
string printed = process.StandardOutput.ReadToEnd();
process.WaitForExit();
if (process.ExitCode != 0)
{
    Console.Error.WriteLine(string.Join('\n', printed.Split('\n').Where(line => line.Contains(": error ")).Distinct()));
    Console.Error.WriteLine("The build fails for other reasons than the public API: mend them first.");
    return 1;
}

// A warning looks like FILE(LINE,COLUMN): warning RS0016: Symbol 'MEMBER' is not part of the declared public API (…) [PROJECT]
int changes = 0;
Regex warning = new(@"warning (RS001[67]): Symbol '(.+?)' is (?:not )?part of the declared .*\[(.+)\]$", RegexOptions.Multiline);
foreach (IGrouping<string, Match> project in warning.Matches(printed.ReplaceLineEndings("\n")).GroupBy(match => match.Groups[3].Value))
{
    string file = Path.Combine(Path.GetDirectoryName(project.Key)!, "PublicAPI.Unshipped.txt");
    SortedSet<string> lines = new(File.ReadAllLines(file).Where(line => line.Length > 0 && line[0] != '#'), StringComparer.Ordinal);
    foreach (Match match in project)
    {
        string member = match.Groups[2].Value;
        bool isChanged = match.Groups[1].Value == "RS0016" ? lines.Add(member) : lines.Remove(member) || lines.Add("*REMOVED*" + member);
        changes += isChanged ? 1 : 0;
    }
    File.WriteAllText(file, "#nullable enable\n" + string.Concat(lines.Select(line => line + "\n")));
}
Console.WriteLine($"{changes} members accepted.");
return 0;
