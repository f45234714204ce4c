using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Pyrite.Benchmarks.Harness;

/// <summary>Reports with the circumstances they were made in, as a JSON file: a baseline for later runs.</summary>
/// <param name="Processor">The processor's short name.</param>
/// <param name="Mode">The instruction set.</param>
/// <param name="Machine">The machine in one line.</param>
/// <param name="Date">The day.</param>
/// <param name="Commit">The commit, with a plus where files differ from it.</param>
/// <param name="Reports">A report for each benchmark that ran.</param>
internal sealed record SavedRun(string Processor, string Mode, string Machine, string Date, string Commit, IReadOnlyList<BenchmarkReport> Reports)
{
    /// <summary>Reports of this machine, mode, day and commit.</summary>
    public static SavedRun Of(IReadOnlyList<BenchmarkReport> reports) => new(
        Harness.Processor.Name, Harness.Processor.Mode, Harness.Processor.Describe(),
        DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), CommitHere(), reports);

    /// <exception cref="ArgumentException">The file cannot be read, or is no saved run.</exception>
    public static SavedRun Load(string path)
    {
        try
        {
            JsonElement json = JsonDocument.Parse(File.ReadAllText(path)).RootElement;
            return new(
                Text("processor"), Text("mode"), Text("machine"), Text("date"), Text("commit"),
                [.. json.GetProperty("reports").EnumerateArray().Select(BenchmarkReport.FromJson)]);

            string Text(string name) => json.GetProperty(name).GetString()!;
        }
        catch (Exception problem) when (
            problem is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new ArgumentException($"\"{path}\" cannot be read as a run that --save wrote: {problem.Message}", problem);
        }
    }

    public void Save(string path) => AtomicText.Write(path, new JsonObject
    {
        ["processor"] = Processor,
        ["mode"] = Mode,
        ["machine"] = Machine,
        ["date"] = Date,
        ["commit"] = Commit,
        ["reports"] = new JsonArray([.. Reports.Select(report => report.ToJson())]),
    }.ToJsonString());

    private static string CommitHere()
    {
        string commit = Git("rev-parse", "--short", "HEAD");
        if (commit.Length == 0)
        {
            return "unknown";
        }
        string changes = Git("status", "--porcelain", "--untracked-files=no", "--", "src", "apps", "bench/Pyrite.Benchmarks");
        return changes.Length == 0 ? commit : $"{commit}+";
    }

    private static string Git(params string[] arguments)
    {
        try
        {
            ProcessStartInfo start = new("git", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
            start.WorkingDirectory = Repository.Root;
            using Process git = Process.Start(start)!;
            string output = git.StandardOutput.ReadToEnd().Trim();
            git.WaitForExit();
            return git.ExitCode == 0 ? output : "";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "";
        }
    }
}
