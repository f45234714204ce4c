using System.Text.Json;

namespace Pyrite.Runs;

/// <summary>A folder with the files of one run.</summary>
/// <param name="Name">What the run is called on the pages.</param>
/// <param name="Path">Where it is.</param>
internal sealed record RunFolder(string Name, string Path)
{
    /// <summary>What a run tells of itself while it goes on.</summary>
    public const string EventsFile = "events.jsonl";

    /// <summary>What a run was, written at its end.</summary>
    public const string RecordFile = "run.json";

    private const string FirstChain = "_1.csv";
    private const int MostRecordBytes = 1 << 20;
    private const int MostPictures = 60;

    /// <summary>Whether the folder holds something to show.</summary>
    public bool IsRun => Has(EventsFile) || Has(RecordFile) || Draws is not null;

    /// <summary>The beginning of the paths of its draws; null where it has none.</summary>
    public string? Draws => Files("*" + FirstChain).FirstOrDefault() is { } file ? file[..^FirstChain.Length] : null;

    /// <summary>Names of the pictures that the run has left.</summary>
    public IReadOnlyList<string> Pictures => [.. Files("*.png").Take(MostPictures).Select(file => System.IO.Path.GetFileName(file))];

    /// <summary>Whether there is a file of that name.</summary>
    public bool Has(string name) => File.Exists(System.IO.Path.Combine(Path, name));

    /// <summary>The path of a file that lies in this very folder, links followed; null for all others.</summary>
    /// <param name="name">A name from outside.</param>
    public string? PathOf(string name)
    {
        if (name.Length == 0 || name.AsSpan().ContainsAny('/', '\\', ':') || name is "." or "..")
        {
            return null;
        }
        FileInfo file = new(System.IO.Path.Combine(Path, name));
        return !file.Exists || file.LinkTarget is not null ? null : file.FullName;
    }

    /// <summary>The record as it was written; null where there is none, or no JSON.</summary>
    public string? Record()
    {
        if (PathOf(RecordFile) is not { } path || new FileInfo(path).Length > MostRecordBytes)
        {
            return null;
        }
        try
        {
            string text = File.ReadAllText(path);
            using JsonDocument parsed = JsonDocument.Parse(text);
            return parsed.RootElement.ValueKind == JsonValueKind.Object ? text : null;
        }
        catch (Exception problem) when (problem is JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Times and lengths of the files of draws: another one where they have changed.</summary>
    public string DrawsStamp() => Draws is null ? "" : string.Join(' ', Files(System.IO.Path.GetFileName(Draws) + "_*.csv")
        .Select(file => new FileInfo(file)).Where(file => file.Exists).Select(file => $"{file.LastWriteTimeUtc.Ticks}:{file.Length}"));

    /// <summary>Whether draws were written in the last seconds, so that their files may be incomplete.</summary>
    public bool HasFreshDraws() => Draws is { } path && Files(System.IO.Path.GetFileName(path) + "_*")
        .Any(file => TimeProvider.System.GetUtcNow() - File.GetLastWriteTimeUtc(file) < TimeSpan.FromSeconds(3));

    private IEnumerable<string> Files(string pattern)
    {
        try
        {
            return Directory.GetFiles(Path, pattern).Order(StringComparer.Ordinal);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
